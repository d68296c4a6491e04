package colonnade.engine.exec.agg;

import colonnade.engine.exec.Selection;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.kernel.ByType;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Vector;
import colonnade.error.ComputationException;
import java.math.BigInteger;

/**
 * The exact sums of integers, in 128 bits, for {@code sum} and {@code mean}. A sum that does not
 * fit 64 bits is an error only if it is the result: what the partial sums do does not matter.
 */
final class IntegerSum extends Sum {
  private final HeapUse heap;
  private final ValueCounts counts;

  /** No value is further from 0, unless its vector says so. */
  private final long bound;

  /** A sum that took all rows so far cannot be nearer to wrapping around than this. */
  private long headroom = Long.MAX_VALUE;

  /** The sums modulo 2^64. */
  private long[] sums = new long[0];

  /** How often each sum wrapped around; made when one first does. */
  private long[] wraps = new long[0];

  /** 128 bits for the rows of one group. */
  private final long[] total = new long[2];

  IntegerSum(HeapUse heap, ValueCounts counts, boolean narrow) {
    this.heap = heap;
    this.counts = counts;
    this.bound = narrow ? 1L << Integer.SIZE : Long.MAX_VALUE;
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
    if (fits(values.hasVector() ? bound(values.vector()) : bound, values.count)) {
      addUnchecked(values);
      return;
    }
    long[] s = sums;
    int[] groups = values.groups;
    long[] longs = values.longs();
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

  private void add(int group, long value) {
    long old = sums[group];
    long sum = old + value;
    sums[group] = sum;
    if (((old ^ sum) & (value ^ sum)) < 0) {
      wrap(group, value < 0 ? -1 : 1);
    }
  }

  @Override
  boolean takesGroupsApart(Vector vector) {
    return vector.encoding() == Encoding.PLAIN;
  }

  @Override
  void update(int group, Vector vector, Selection rows, Kernels kernels) {
    fits(bound, rows.count());
    total[0] = 0;
    total[1] = 0;
    if (rows.form() == Selection.Form.BITMAP) {
      ByType.sumMasked(
          kernels,
          vector.type(),
          vector.data(),
          vector.dataOffset(),
          rows.words(),
          rows.size(),
          total);
    } else {
      int[] list = rows.isAll() ? null : rows.rows();
      ByType.sum(
          kernels, vector.type(), vector.data(), vector.dataOffset(), list, rows.count(), total);
    }
    add(group, total[0]);
    long times = total[1] - (total[0] >> 63);
    if (times != 0) {
      wrap(group, times);
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    IntegerSum other = (IntegerSum) next;
    for (int i = 0; i < count; i++) {
      int source = from[start + i];
      int target = to[i];
      add(target, other.sums[source]);
      if (other.wraps.length > 0 && other.wraps[source] != 0) {
        wrap(target, other.wraps[source]);
      }
    }
  }

  @Override
  void write(boolean mean, String label, int[] groups, int count, ResultColumn out) {
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

  private long bound(Vector vector) {
    NumberCode code = vector.numberCode();
    if (code == null || code.base() == Long.MIN_VALUE) {
      return bound;
    }
    long greatest = code.longOf(NumberCode.greatestCode(vector.codeWidthBytes()));
    return Math.min(bound, Math.max(Math.abs(code.base()), Math.abs(greatest)));
  }

  /** Whether {@code count} more values up to {@code bound} cannot make a sum wrap around. */
  private boolean fits(long bound, int count) {
    if (bound >= headroom / Math.max(1, count)) {
      headroom = 0;
      return false;
    }
    headroom -= bound * count;
    return true;
  }

  private void addUnchecked(ArgumentValues values) {
    int[] groups = values.groups;
    long[] s = sums;
    if (values.hasVector()) {
      Cells.addLongs(values.vector(), values.rows, values.count, groups, s);
      return;
    }
    long[] longs = values.longs();
    for (int i = 0; i < values.count; i++) {
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
