package colonnade;

import colonnade.engine.exec.Sizes;
import java.util.Arrays;

/**
 * Where records begin in a plain file, every now and then: pieces of at most 65,536 rows, and about
 * as many bytes as make a block. Sixteen bytes for each. Filled by one thread at a time, in order;
 * safe for all threads from then on.
 */
final class CsvPieces {
  private static final long MAX_BYTES = 8L << 20;

  private long[] ends = new long[64];
  private final long firstByte;
  private int count;
  private long lastRows;

  /** No pieces yet; the first begins at {@code firstByte} of the file. */
  CsvPieces(long firstByte) {
    this.firstByte = firstByte;
  }

  /** Adds the next bytes, in which at most {@code rows} rows are. */
  void add(long bytes, long rows) {
    long start = count == 0 ? firstByte : ends[count - 1];
    if (count > 0
        && lastRows + rows <= Sizes.BLOCK_ROWS
        && start + bytes - start(count - 1) <= MAX_BYTES) {
      ends[count - 1] += bytes;
      lastRows += rows;
      return;
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = start + bytes;
    lastRows = rows;
  }

  int count() {
    return count;
  }

  /** Where piece {@code i} begins in the file. */
  long start(int i) {
    return i == 0 ? firstByte : ends[i - 1];
  }

  /** How many bytes piece {@code i} has. */
  int length(int i) {
    return Math.toIntExact(ends[i] - start(i));
  }
}
