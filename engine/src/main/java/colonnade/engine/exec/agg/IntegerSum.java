package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;
import colonnade.error.ComputationException;
import java.math.BigInteger;

/**
 * The exact sums of integers, in 128 bits, for {@code sum} and {@code mean}. A sum that does not
 * fit 64 bits is an error only if it is the result: what the partial sums do does not matter.
 */
final class IntegerSum extends Accumulator {
  private final HeapUse heap;
  private final ValueCounts counts;
  private final boolean mean;
  private final boolean narrow;
  private final String label;

  /** Rows that {@link #update} has taken. */
  private long rowCount;

  /** The sums modulo 2^64. */
  private long[] sums = new long[0];

  /** How often each sum wrapped around; made when one first does. */
  private long[] wraps = new long[0];

  IntegerSum(HeapUse heap, ValueCounts counts, boolean mean, boolean narrow, String label) {
    this.heap = heap;
    this.counts = counts;
    this.mean = mean;
    this.narrow = narrow;
    this.label = label;
  }

  @Override
  void resize(int capacity) {
    sums = heap.grow(sums, capacity);
    if (wraps.length > 0) {
      wraps = heap.grow(wraps, capacity);
    }
  }

  @Override
  void update(ArgumentValues values) {
    rowCount += values.count;
    if (narrow && rowCount <= Integer.MAX_VALUE) {
      addNarrow(values.groups, values.longs, values.count);
      return;
    }
    long[] s = sums;
    int[] groups = values.groups;
    long[] longs = values.longs;
    for (int i = 0; i < values.count; i++) {
      int group = groups[i];
      long old = s[group];
      long value = longs[i];
      long sum = old + value;
      s[group] = sum;
      if (((old ^ sum) & (value ^ sum)) < 0) {
        wrap(group, value < 0 ? -1 : 1);
      }
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    IntegerSum other = (IntegerSum) next;
    for (int i = 0; i < count; i++) {
      int source = from[start + i];
      int target = to[i];
      long old = sums[target];
      long value = other.sums[source];
      long sum = old + value;
      sums[target] = sum;
      if (((old ^ sum) & (value ^ sum)) < 0) {
        wrap(target, value < 0 ? -1 : 1);
      }
      if (other.wraps.length > 0 && other.wraps[source] != 0) {
        wrap(target, other.wraps[source]);
      }
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      long present = counts.count(group);
      if (present == 0) {
        out.setNull(i);
      } else if (mean) {
        out.setDouble(i, sum(group) / present);
      } else if (wraps.length > 0 && wraps[group] != 0) {
        throw overflow(label, exact(group));
      } else {
        out.setLong(i, sums[group]);
      }
    }
  }

  /** The error of a sum that does not fit its type. */
  static ComputationException overflow(String label, BigInteger sum) {
    return new ComputationException(
        label,
        label + " is " + sum + " for a group, which does not fit i64",
        "Sum it as f64: cast the column first.");
  }

  /** Values of up to 32 bits, of which 2^31 cannot make a sum wrap. */
  private void addNarrow(int[] groups, long[] longs, int count) {
    long[] s = sums;
    for (int i = 0; i < count; i++) {
      s[groups[i]] += longs[i];
    }
  }

  private double sum(int group) {
    return wraps.length > 0 && wraps[group] != 0 ? exact(group).doubleValue() : sums[group];
  }

  private BigInteger exact(int group) {
    return BigInteger.valueOf(wraps[group]).shiftLeft(64).add(BigInteger.valueOf(sums[group]));
  }

  private void wrap(int group, long times) {
    if (wraps.length == 0) {
      wraps = heap.grow(wraps, sums.length);
    }
    wraps[group] += times;
  }
}
