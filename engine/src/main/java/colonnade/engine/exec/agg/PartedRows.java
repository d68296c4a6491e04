package colonnade.engine.exec.agg;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Ungrouped rows of a chunk in native memory, parted by their keys' hashes, in row order within a
 * part: column after column of cells, the keys' first. Keys that do not fit a cell are runs of
 * bytes, whose places are the second column; the first is then their hashes. An immutable value;
 * lives as long as its memory.
 *
 * @param cells the columns, each {@code rowCount} longs
 * @param starts at which row each part starts, and where the last ends
 * @param hasNulls whether the last column has a bit for each argument column that is null
 * @param runs the runs of bytes of all keys, part after part; null where keys are cells
 */
record PartedRows(
    MemorySegment cells,
    int rowCount,
    int[] starts,
    boolean hasNulls,
    @Nullable MemorySegment runs) {
  /** The word that says where a run starts and how long it is. */
  static long place(long start, int length) {
    return start << 32 | length & 0xffff_ffffL;
  }

  /** Rows of {@code part}. */
  int count(int part) {
    return starts[part + 1] - starts[part];
  }

  /** The column of the first argument. */
  int firstArgument() {
    return runs == null ? 1 : 2;
  }

  /** Copies {@code count} cells of {@code column} from row {@code row} on to {@code out}. */
  void copy(int column, int row, int count, long[] out, int at) {
    MemorySegment.copy(cells, JAVA_LONG, 8L * ((long) column * rowCount + row), out, at, count);
  }

  /** Writes where in {@link #runs} the runs of {@code count} rows from {@code row} on lie. */
  void copyRuns(int row, int count, long[] runStarts, int[] lengths, int at) {
    copy(1, row, count, runStarts, at);
    for (int i = at; i < at + count; i++) {
      lengths[i] = (int) runStarts[i];
      runStarts[i] >>>= 32;
    }
  }
}
