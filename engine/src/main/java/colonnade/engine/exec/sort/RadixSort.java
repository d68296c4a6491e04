package colonnade.engine.exec.sort;

import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts distinct longs, none of them negative, that already are in order where they differ in their
 * lowest bits alone. Large ranges are first parted by the highest bits in which they differ, on all
 * of the query's threads, into parts that stay in cache; so the time is linear and the result the
 * same at any number of threads. 8 bytes a value beside the input.
 */
final class RadixSort {
  /** Up to so many, sorting at once is faster than parting first; 512 KiB with what it needs. */
  static final int SMALL = 1 << 15;

  private static final int PART_BITS = 11;
  private static final int PARTS = 1 << PART_BITS;
  private static final int DIGIT_BITS = 8;
  private static final int DIGITS = 1 << DIGIT_BITS;

  /** Below this, comparing is faster than counting. */
  private static final int FEW = 200;

  /** More digits than this are slower than comparing. */
  private static final int MOST_DIGITS = 4;

  /** Rows that one task counts and moves. */
  private static final int SLICE = 1 << 17;

  private final long[] values;
  private final long[] other;
  private final int orderedBits;
  private final QueryContext context;
  private final List<int[]> parts = new ArrayList<>();

  private RadixSort(long[] values, int orderedBits, QueryContext context) {
    this.values = values;
    this.other = new long[values.length];
    this.orderedBits = orderedBits;
    this.context = context;
  }

  /**
   * Sorts {@code values} on all threads.
   *
   * @param orderedBits values that differ only in so many lowest bits are in order
   */
  static void sort(long[] values, int orderedBits, QueryContext context) {
    if (values.length <= SMALL) {
      sort(values, values.length, orderedBits, new long[values.length]);
      return;
    }
    RadixSort sort = new RadixSort(values, orderedBits, context);
    sort.part(0, values.length);
    Parallel.run(context, sort.parts.size(), p -> sort.sortPart(sort.parts.get((int) p)));
  }

  /** Moves the values of a range to {@code other}, parted by their highest differing bits. */
  private void part(int from, int to) {
    int slices = (to - from + SLICE - 1) / SLICE;
    long[] differences = new long[slices];
    Parallel.run(
        context,
        slices,
        s -> {
          int start = from + (int) s * SLICE;
          differences[(int) s] =
              differing(values, start, Math.min(to, start + SLICE)) | values[start] ^ values[from];
        });
    long differing = 0;
    for (long difference : differences) {
      differing |= difference;
    }
    int high = Long.SIZE - Long.numberOfLeadingZeros(differing);
    int shift = Math.max(high - PART_BITS, orderedBits);
    int[][] starts = new int[slices][PARTS];
    Parallel.run(
        context,
        slices,
        s -> {
          int start = from + (int) s * SLICE;
          count(start, Math.min(to, start + SLICE), shift, starts[(int) s]);
        });
    int[] ends = new int[PARTS];
    int at = from;
    for (int part = 0; part < PARTS; part++) {
      for (int[] slice : starts) {
        int size = slice[part];
        slice[part] = at;
        at += size;
      }
      ends[part] = at;
    }
    Parallel.run(
        context,
        slices,
        s -> {
          int start = from + (int) s * SLICE;
          move(start, Math.min(to, start + SLICE), shift, starts[(int) s]);
        });
    int start = from;
    for (int end : ends) {
      if (shift > orderedBits && end - start > Math.max(8 * SMALL, values.length / 8)) {
        System.arraycopy(other, start, values, start, end - start);
        part(start, end);
      } else if (end > start) {
        parts.add(new int[] {start, end, shift});
      }
      start = end;
    }
  }

  private void count(int from, int to, int shift, int[] counts) {
    for (int i = from; i < to; i++) {
      counts[(int) (values[i] >>> shift) & PARTS - 1]++;
    }
  }

  private void move(int from, int to, int shift, int[] targets) {
    for (int i = from; i < to; i++) {
      long value = values[i];
      other[targets[(int) (value >>> shift) & PARTS - 1]++] = value;
    }
  }

  private void sortPart(int[] part) {
    int count = part[1] - part[0];
    if (part[2] > orderedBits && count > 1) {
      long[] own = Arrays.copyOfRange(other, part[0], part[1]);
      sort(own, count, orderedBits, new long[count]);
      System.arraycopy(own, 0, values, part[0], count);
    } else {
      System.arraycopy(other, part[0], values, part[0], count);
    }
  }

  /** Sorts the first {@code count} values on this thread; {@code spare} is at least as long. */
  static void sort(long[] values, int count, int orderedBits, long[] spare) {
    if (count < 2) {
      return;
    }
    long differing = differing(values, 0, count);
    int high = Long.SIZE - Long.numberOfLeadingZeros(differing);
    int digits = (high - orderedBits + DIGIT_BITS - 1) / DIGIT_BITS;
    if (digits <= 0) {
      return;
    }
    if (count < FEW || digits > MOST_DIGITS) {
      Arrays.sort(values, 0, count);
      return;
    }
    long[] from = values;
    long[] to = spare;
    int[] starts = new int[DIGITS];
    for (int digit = 0; digit < digits; digit++) {
      int shift = orderedBits + digit * DIGIT_BITS;
      Arrays.fill(starts, 0);
      for (int i = 0; i < count; i++) {
        starts[(int) (from[i] >>> shift) & DIGITS - 1]++;
      }
      int at = 0;
      for (int b = 0; b < DIGITS; b++) {
        int size = starts[b];
        starts[b] = at;
        at += size;
      }
      for (int i = 0; i < count; i++) {
        long value = from[i];
        to[starts[(int) (value >>> shift) & DIGITS - 1]++] = value;
      }
      long[] swap = from;
      from = to;
      to = swap;
    }
    if (from != values) {
      System.arraycopy(from, 0, values, 0, count);
    }
  }

  /** The bits in which some of the values differ. */
  static long differing(long[] values, int from, int to) {
    long first = values[from];
    long differing = 0;
    for (int i = from; i < to; i++) {
      differing |= values[i] ^ first;
    }
    return differing;
  }
}
