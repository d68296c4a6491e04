package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;

/**
 * Pearson's correlation by Welford's method in row order within a chunk, merged by Chan's. Per
 * group six doubles side by side: number of pairs, both means, both sums of squared distances, sum
 * of products. NaN where one of the two does not vary, or has a NaN.
 */
final class Correlation extends Accumulator {
  private static final int STRIDE = 6;

  private final HeapUse heap;
  private double[] states = new double[0];

  Correlation(HeapUse heap) {
    this.heap = heap;
  }

  @Override
  void resize(int capacity) {
    states = heap.grow(states, Math.multiplyExact(capacity, STRIDE));
  }

  @Override
  void update(ArgumentValues values) {
    double[] s = states;
    int[] groups = values.groups;
    double[] xs = values.doubles();
    double[] ys = values.seconds;
    for (int i = 0; i < values.count; i++) {
      int at = groups[i] * STRIDE;
      double n = s[at] + 1;
      double part = 1 / n;
      double dx = xs[i] - s[at + 1];
      double dy = ys[i] - s[at + 2];
      double meanX = s[at + 1] + dx * part;
      double restY = dy - dy * part;
      s[at] = n;
      s[at + 1] = meanX;
      s[at + 2] += dy * part;
      s[at + 3] += dx * (dx - dx * part);
      s[at + 4] += dy * restY;
      s[at + 5] += dx * restY;
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    double[] other = ((Correlation) next).states;
    for (int i = 0; i < count; i++) {
      int source = from[start + i] * STRIDE;
      int target = to[i] * STRIDE;
      double m = other[source];
      if (m == 0) {
        continue;
      }
      double n = states[target];
      if (n == 0) {
        System.arraycopy(other, source, states, target, STRIDE);
        continue;
      }
      double part = m / (n + m);
      double dx = other[source + 1] - states[target + 1];
      double dy = other[source + 2] - states[target + 2];
      states[target] = n + m;
      states[target + 1] += dx * part;
      states[target + 2] += dy * part;
      states[target + 3] += other[source + 3] + dx * dx * (n * part);
      states[target + 4] += other[source + 4] + dy * dy * (n * part);
      states[target + 5] += other[source + 5] + dx * dy * (n * part);
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      int at = groups[i] * STRIDE;
      if (states[at] < 2) {
        out.setNull(i);
      } else {
        double r = states[at + 5] / Math.sqrt(states[at + 3]) / Math.sqrt(states[at + 4]);
        // Rounding may lead past the bounds; NaN stays.
        out.setDouble(i, r > 1 ? 1 : r < -1 ? -1 : r);
      }
    }
  }
}
