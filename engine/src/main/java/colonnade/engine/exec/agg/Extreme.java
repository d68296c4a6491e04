package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;

/** The least or the greatest values of fixed width; floating point as {@link Ordered} codes. */
final class Extreme extends Accumulator {
  private final HeapUse heap;
  private final ValueCounts counts;
  private final boolean greatest;
  private final boolean floating;
  private final boolean single;
  private long[] codes = new long[0];

  Extreme(HeapUse heap, ValueCounts counts, boolean greatest, boolean floating, boolean single) {
    this.heap = heap;
    this.counts = counts;
    this.greatest = greatest;
    this.floating = floating;
    this.single = single;
  }

  @Override
  void resize(int capacity) {
    codes = heap.grow(codes, capacity, greatest ? Long.MIN_VALUE : Long.MAX_VALUE);
  }

  @Override
  void update(ArgumentValues values) {
    long[] longs = values.longs();
    if (floating) {
      encode(values);
    }
    if (single) {
      codes[0] = greatest ? greatest(longs, values.count) : least(longs, values.count);
    } else if (greatest) {
      raise(values.groups, longs, values.count);
    } else {
      lower(values.groups, longs, values.count);
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    long[] other = ((Extreme) next).codes;
    for (int i = 0; i < count; i++) {
      long code = other[from[start + i]];
      codes[to[i]] = greatest ? Math.max(codes[to[i]], code) : Math.min(codes[to[i]], code);
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      if (counts.count(group) == 0) {
        out.setNull(i);
      } else if (floating) {
        out.setDouble(i, Ordered.toDouble(codes[group]));
      } else {
        out.setLong(i, codes[group]);
      }
    }
  }

  /** Overwrites the longs, which only this and its like read, with the codes of the doubles. */
  private void encode(ArgumentValues values) {
    double[] doubles = values.doubles();
    long[] longs = values.longs();
    long nan = greatest ? Ordered.LEAST_NAN : Ordered.GREATEST_NAN;
    for (int i = 0; i < values.count; i++) {
      double value = doubles[i];
      longs[i] = Double.isNaN(value) ? nan : Ordered.of(value);
    }
  }

  private long greatest(long[] longs, int count) {
    long code = codes[0];
    for (int i = 0; i < count; i++) {
      code = Math.max(code, longs[i]);
    }
    return code;
  }

  private long least(long[] longs, int count) {
    long code = codes[0];
    for (int i = 0; i < count; i++) {
      code = Math.min(code, longs[i]);
    }
    return code;
  }

  private void raise(int[] groups, long[] longs, int count) {
    long[] c = codes;
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      if (longs[i] > c[group]) {
        c[group] = longs[i];
      }
    }
  }

  private void lower(int[] groups, long[] longs, int count) {
    long[] c = codes;
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      if (longs[i] < c[group]) {
        c[group] = longs[i];
      }
    }
  }
}
