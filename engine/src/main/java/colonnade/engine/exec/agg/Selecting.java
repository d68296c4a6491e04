package colonnade.engine.exec.agg;

import java.util.Arrays;

/** Finds the k-th least of an array without sorting it: quickselect, sorting when it goes badly. */
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
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long value = values[i];
          values[i++] = values[j];
          values[j--] = value;
        }
      }
      if (k <= j) {
        high = j;
      } else if (k >= i) {
        low = i;
      } else {
        return values[k];
      }
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
