package colonnade.engine.exec.agg;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import colonnade.engine.exec.MemoryTable;
import java.lang.foreign.MemorySegment;

/**
 * The rows of a chunk in a temporary file, parted by their groups' hashes, in row order within a
 * part. An immutable value; lives as long as its file.
 *
 * @param rows the columns of the chunk's batches
 * @param ordinals the number in the chunk of each row
 * @param starts at which row each part starts, and where the last ends
 * @param groupCount groups of the chunk
 */
record SpilledRows(MemoryTable.Rows rows, MemorySegment ordinals, int[] starts, int groupCount) {
  /** The number in the chunk of row {@code row}. */
  int ordinal(int row) {
    return ordinals.get(JAVA_INT, 4L * row);
  }
}
