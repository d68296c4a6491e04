package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;

/**
 * The sums of floating-point values in f64, for {@code sum} and {@code mean}: added in row order
 * within a chunk, then chunk by chunk.
 */
final class FloatSum extends Accumulator {
  private final HeapUse heap;
  private final ValueCounts counts;
  private final boolean mean;
  private double[] sums = new double[0];

  FloatSum(HeapUse heap, ValueCounts counts, boolean mean) {
    this.heap = heap;
    this.counts = counts;
    this.mean = mean;
  }

  @Override
  void resize(int capacity) {
    sums = heap.grow(sums, capacity);
  }

  @Override
  void update(ArgumentValues values) {
    double[] s = sums;
    int[] groups = values.groups;
    double[] doubles = values.doubles();
    for (int i = 0; i < values.count; i++) {
      s[groups[i]] += doubles[i];
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    double[] other = ((FloatSum) next).sums;
    for (int i = 0; i < count; i++) {
      sums[to[i]] += other[from[start + i]];
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      long present = counts.count(group);
      if (present == 0) {
        out.setNull(i);
      } else {
        out.setDouble(i, mean ? sums[group] / present : sums[group]);
      }
    }
  }
}
