package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.kernel.Accumulators;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/**
 * Variances by Welford's method in row order within a chunk, merged by Chan's, so equal values give
 * exactly 0. Per group three doubles side by side: number of values, mean, sum of squared distances
 * from it. With a single group, 16 interleaved sums of distances from the chunk's first value.
 */
final class Moments extends Accumulator {
  private static final int STRIDE = 3;

  private final HeapUse heap;
  private final boolean sample;
  private final boolean squareRoot;
  private final boolean single;
  private double[] states = new double[0];

  private final double[] lanes;
  private final double[] squareLanes;
  private double origin;
  private long laneValues;

  /**
   * States for groups, or for a single one.
   *
   * @param sample whether the divisor is n - 1
   */
  Moments(HeapUse heap, boolean sample, boolean squareRoot, boolean single) {
    this.heap = heap;
    this.sample = sample;
    this.squareRoot = squareRoot;
    this.single = single;
    this.lanes = new double[single ? Accumulators.COUNT : 0];
    this.squareLanes = new double[single ? Accumulators.COUNT : 0];
  }

  @Override
  void resize(int capacity) {
    states = heap.grow(states, Math.multiplyExact(capacity, STRIDE));
  }

  @Override
  void update(ArgumentValues values) {
    if (single) {
      updateSingle(values);
      return;
    }
    double[] s = states;
    int[] groups = values.groups;
    double[] doubles = values.doubles();
    for (int i = 0; i < values.count; i++) {
      int at = groups[i] * STRIDE;
      double n = s[at] + 1;
      double value = doubles[i];
      double fromMean = value - s[at + 1];
      double mean = s[at + 1] + fromMean / n;
      s[at] = n;
      s[at + 1] = mean;
      s[at + 2] += fromMean * (value - mean);
    }
  }

  private void updateSingle(ArgumentValues values) {
    if (values.count == 0) {
      return;
    }
    Vector vector = values.vector();
    int[] rows = values.rows;
    int count = values.count;
    if (laneValues == 0) {
      origin = vector.doubleAt(rows == null ? 0 : rows[0]);
    }
    laneValues += count;
    int lane = (int) values.position & Accumulators.COUNT - 1;
    Kernels kernels = values.kernels();
    MemorySegment data = vector.data();
    long offset = vector.dataOffset();
    if (lane == 0 && vector.type() == DataType.F64) {
      kernels.momentsF64(data, offset, rows, count, origin, lanes, squareLanes);
    } else if (lane == 0 && vector.type() == DataType.F32) {
      kernels.momentsF32(data, offset, rows, count, origin, lanes, squareLanes);
    } else {
      for (int i = 0; i < count; i++) {
        int row = rows == null ? i : rows[i];
        double x = vector.doubleAt(row) - origin;
        int at = lane + row & Accumulators.COUNT - 1;
        lanes[at] += x;
        squareLanes[at] += x * x;
      }
    }
  }

  @Override
  void seal(int groupCount) {
    if (single && laneValues > 0) {
      double sum = Accumulators.reduce(lanes);
      double squares = Accumulators.reduce(squareLanes);
      states[0] = laneValues;
      states[1] = origin + sum / laneValues;
      // Below zero only by rounding; NaN stays.
      double rest = squares - sum * (sum / laneValues);
      states[2] = rest < 0 ? 0 : rest;
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    double[] other = ((Moments) next).states;
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
      double total = n + m;
      double apart = other[source + 1] - states[target + 1];
      states[target] = total;
      states[target + 1] += apart * (m / total);
      states[target + 2] += other[source + 2] + apart * apart * (n * (m / total));
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      int at = groups[i] * STRIDE;
      double divisor = sample ? states[at] - 1 : states[at];
      if (divisor < 1) {
        out.setNull(i);
      } else {
        double variance = states[at + 2] / divisor;
        out.setDouble(i, squareRoot ? Math.sqrt(variance) : variance);
      }
    }
  }
}
