package colonnade.engine.exec.sort;

import java.util.Arrays;

/**
 * A stable sort of row numbers by 64-bit codes: least significant digit first, only the digits in
 * which the codes differ. Sorting by several keys is sorting by the last first. Linear time; 12
 * bytes a row beside the input.
 */
final class RadixSort {
  private static final int DIGIT_BITS = 11;
  private static final int BUCKETS = 1 << DIGIT_BITS;

  private RadixSort() {}

  /**
   * Sorts {@code rows} by {@code codes[row]}, keeping the order of equal ones.
   *
   * @param rows row numbers; sorted in place
   * @param descending greatest code first
   */
  static void sort(int[] rows, long[] codes, boolean descending) {
    int count = rows.length;
    if (count < 2) {
      return;
    }
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      long code = codes[rows[i]];
      keys[i] = code;
      min = Math.min(min, code);
      max = Math.max(max, code);
    }
    for (int i = 0; i < count; i++) {
      keys[i] = descending ? max - keys[i] : keys[i] - min;
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(max - min);
    long[] otherKeys = new long[count];
    int[] otherRows = new int[count];
    long[] fromKeys = keys;
    int[] fromRows = rows;
    int[] starts = new int[BUCKETS];
    for (int shift = 0; shift < bits; shift += DIGIT_BITS) {
      Arrays.fill(starts, 0);
      for (int i = 0; i < count; i++) {
        starts[(int) (fromKeys[i] >>> shift) & BUCKETS - 1]++;
      }
      int at = 0;
      for (int b = 0; b < BUCKETS; b++) {
        int size = starts[b];
        starts[b] = at;
        at += size;
      }
      for (int i = 0; i < count; i++) {
        long key = fromKeys[i];
        int target = starts[(int) (key >>> shift) & BUCKETS - 1]++;
        otherKeys[target] = key;
        otherRows[target] = fromRows[i];
      }
      long[] k = fromKeys;
      fromKeys = otherKeys;
      otherKeys = k;
      int[] r = fromRows;
      fromRows = otherRows;
      otherRows = r;
    }
    if (fromRows != rows) {
      System.arraycopy(fromRows, 0, rows, 0, count);
    }
  }
}
