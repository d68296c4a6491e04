package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;

/** The largest absolute values in f64, NaN skipped; null where nothing else is there. */
final class MaxAbsolute extends Accumulator {
  private final HeapUse heap;
  private final boolean single;

  /** -1 where there is no value yet. */
  private double[] largest = new double[0];

  MaxAbsolute(HeapUse heap, boolean single) {
    this.heap = heap;
    this.single = single;
  }

  @Override
  void resize(int capacity) {
    largest = heap.grow(largest, capacity, -1.0);
  }

  @Override
  void update(ArgumentValues values) {
    double[] doubles = values.doubles();
    if (single) {
      double most = largest[0];
      for (int i = 0; i < values.count; i++) {
        double value = Math.abs(doubles[i]);
        most = value > most ? value : most;
      }
      largest[0] = most;
      return;
    }
    double[] l = largest;
    int[] groups = values.groups;
    for (int i = 0; i < values.count; i++) {
      double value = Math.abs(doubles[i]);
      if (value > l[groups[i]]) {
        l[groups[i]] = value;
      }
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    double[] other = ((MaxAbsolute) next).largest;
    for (int i = 0; i < count; i++) {
      largest[to[i]] = Math.max(largest[to[i]], other[from[start + i]]);
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      double value = largest[groups[i]];
      if (value < 0) {
        out.setNull(i);
      } else {
        out.setDouble(i, value);
      }
    }
  }
}
