package colonnade.engine.exec.agg;

import java.util.Arrays;

/**
 * Finds the k-th least of an array without sorting it: quickselect, sorting when it goes badly. The
 * parting loop does not branch on values, of which the processor would guess every second wrong.
 */
final class Selecting {
  private static final int SMALL = 24;

  private Selecting() {}

  /**
   * The value that position {@code k} of the first {@code count} values would have if they were
   * sorted. Rearranges them so that it is there, none before it is greater and none after it less.
   */
  static long select(long[] values, int count, int k) {
    int low = 0;
    int high = count - 1;
    int rounds = 4 * (32 - Integer.numberOfLeadingZeros(count));
    while (high - low > SMALL) {
      if (rounds-- == 0) {
        Arrays.sort(values, low, high + 1);
        return values[k];
      }
      long pivot = pivot(values, low, high);
      int less = part(values, low, high, pivot);
      if (k < less) {
        high = less - 1;
        continue;
      }
      if (less > low) {
        low = less;
        continue;
      }
      // The pivot is the least: all that equal it go to the front.
      int more = pivot == Long.MAX_VALUE ? high + 1 : part(values, less, high, pivot + 1);
      if (k < more) {
        return pivot;
      }
      low = more;
    }
    sort(values, low, high);
    return values[k];
  }

  /** The least of values {@code from .. end - 1}. */
  static long least(long[] values, int from, int end) {
    long least = values[from];
    for (int i = from + 1; i < end; i++) {
      least = Math.min(least, values[i]);
    }
    return least;
  }

  /** Brings the values below {@code bound} to the front; where the others start. */
  private static int part(long[] values, int low, int high, long bound) {
    int at = low;
    for (int i = low; i <= high; i++) {
      long value = values[i];
      values[i] = values[at];
      values[at] = value;
      at += value < bound ? 1 : 0;
    }
    return at;
  }

  private static long pivot(long[] values, int low, int high) {
    int step = (high - low) / 8;
    int middle = low + high >>> 1;
    return median(
        median(values[low], values[low + step], values[low + 2 * step]),
        median(values[middle - step], values[middle], values[middle + step]),
        median(values[high - 2 * step], values[high - step], values[high]));
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static void sort(long[] values, int low, int high) {
    for (int i = low + 1; i <= high; i++) {
      long value = values[i];
      int j = i - 1;
      while (j >= low && values[j] > value) {
        values[j + 1] = values[j];
        j--;
      }
      values[j + 1] = value;
    }
  }
}
