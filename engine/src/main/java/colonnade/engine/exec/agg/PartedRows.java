package colonnade.engine.exec.agg;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * Ungrouped rows of a chunk in native memory, parted by their keys' hashes, in row order within a
 * part: column after column of cells, the packed keys first. An immutable value; lives as long as
 * its memory.
 *
 * @param cells the columns, each {@code rowCount} longs
 * @param starts at which row each part starts, and where the last ends
 * @param hasNulls whether the last column has a bit for each argument column that is null
 */
record PartedRows(MemorySegment cells, int rowCount, int[] starts, boolean hasNulls) {
  /** Rows of {@code part}. */
  int count(int part) {
    return starts[part + 1] - starts[part];
  }

  /** Copies {@code count} cells of {@code column} from row {@code row} on to {@code out}. */
  void copy(int column, int row, int count, long[] out, int at) {
    MemorySegment.copy(cells, JAVA_LONG, 8L * ((long) column * rowCount + row), out, at, count);
  }
}
