package colonnade.engine.exec.agg;

import java.util.Arrays;

/**
 * Finds the k-th least of a group's collected values, more than one would put side by side: counts
 * them by 16 bits at a time, the highest first, until those that are left are few. Reads the runs
 * at most five times, in order; needs half a megabyte. Used by one thread.
 */
final class RunSelection {
  private static final int BITS = 16;
  private static final int BUFFER_CELLS = 4096;

  private final CollectedCells values;
  private final int group;
  private final long[] counts = new long[1 << BITS];
  private final long[] buffer = new long[BUFFER_CELLS];

  RunSelection(CollectedCells values, int group) {
    this.values = values;
    this.group = group;
  }

  /** The value at position {@code k} of the values in order, from 0. */
  long select(long k) {
    long prefix = 0;
    long rank = k;
    for (int shift = 64 - BITS; shift >= 0; shift -= BITS) {
      count(prefix, shift);
      int digit = 0;
      while (rank >= counts[digit]) {
        rank -= counts[digit++];
      }
      prefix = prefix << BITS | digit;
      if (counts[digit] <= Quantile.MOST_GATHERED) {
        return selectAmong(prefix, shift, (int) counts[digit], (int) rank);
      }
    }
    return prefix ^ Long.MIN_VALUE;
  }

  /**
   * Counts the values whose bits above {@code shift + BITS} are {@code prefix} by the next ones.
   */
  private void count(long prefix, int shift) {
    Arrays.fill(counts, 0);
    forEach((cells, count) -> {
      for (int i = 0; i < count; i++) {
        long upper = (cells[i] ^ Long.MIN_VALUE) >>> shift;
        if (shift + BITS == 64 || upper >>> BITS == prefix) {
          counts[(int) upper & (1 << BITS) - 1]++;
        }
      }
    });
  }

  private long selectAmong(long prefix, int shift, int count, int rank) {
    long[] few = new long[count];
    int[] size = {0};
    forEach((cells, read) -> {
      for (int i = 0; i < read; i++) {
        if ((cells[i] ^ Long.MIN_VALUE) >>> shift == prefix) {
          few[size[0]++] = cells[i];
        }
      }
    });
    return Selecting.select(few, count, rank);
  }

  private interface Reader {
    void read(long[] cells, int count);
  }

  private void forEach(Reader reader) {
    values.forEachRun(
        group,
        (owner, from, count) -> {
          for (int done = 0; done < count; done += BUFFER_CELLS) {
            int part = Math.min(BUFFER_CELLS, count - done);
            owner.copy(from + done, part, buffer, 0);
            reader.read(buffer, part);
          }
        });
  }
}
