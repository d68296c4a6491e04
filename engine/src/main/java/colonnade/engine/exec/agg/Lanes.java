package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.store.Vector;

/**
 * Sums over 16 interleaved lanes, chosen by a row's position in its chunk: fast, because the lanes
 * do not wait for each other, and the same bits whatever the width of the machine's vectors.
 */
final class Lanes {
  /** The number of lanes. */
  static final int COUNT = 16;

  private Lanes() {}

  /** Adds each value to the lane of its row. */
  static void add(ArgumentValues values, double[] lanes) {
    int[] rows = values.rows;
    int shift = (int) values.position & COUNT - 1;
    Vector vector = values.vector();
    if (shift == 0 && vector.type() == DataType.F64) {
      values.kernels().sumF64(vector.data(), vector.dataOffset(), rows, values.count, lanes);
      return;
    }
    double[] doubles = values.doubles();
    if (rows != null) {
      for (int i = 0; i < values.count; i++) {
        lanes[rows[i] + shift & COUNT - 1] += doubles[i];
      }
    } else {
      int i = 0;
      if (shift == 0) {
        for (; i + COUNT <= values.count; i += COUNT) {
          for (int lane = 0; lane < COUNT; lane++) {
            lanes[lane] += doubles[i + lane];
          }
        }
      }
      for (; i < values.count; i++) {
        lanes[i + shift & COUNT - 1] += doubles[i];
      }
    }
  }

  /** Adds, for each value's distance from {@code origin}, itself and its square to the lanes. */
  static void addSquares(
      ArgumentValues values, double origin, double[] lanes, double[] squareLanes) {
    int[] rows = values.rows;
    int shift = (int) values.position & COUNT - 1;
    Vector vector = values.vector();
    if (shift == 0 && vector.type() == DataType.F64) {
      values
          .kernels()
          .momentsF64(
              vector.data(), vector.dataOffset(), rows, values.count, origin, lanes, squareLanes);
      return;
    }
    double[] doubles = values.doubles();
    int i = 0;
    if (rows == null && shift == 0) {
      for (; i + COUNT <= values.count; i += COUNT) {
        for (int lane = 0; lane < COUNT; lane++) {
          double d = doubles[i + lane] - origin;
          lanes[lane] += d;
          squareLanes[lane] += d * d;
        }
      }
    }
    for (; i < values.count; i++) {
      int lane = (rows == null ? i : rows[i]) + shift & COUNT - 1;
      double d = doubles[i] - origin;
      lanes[lane] += d;
      squareLanes[lane] += d * d;
    }
  }

  /** The sum of the lanes: halves added to each other until one is left. */
  static double total(double[] lanes) {
    double[] sums = lanes.clone();
    for (int stride = COUNT / 2; stride > 0; stride /= 2) {
      for (int lane = 0; lane < stride; lane++) {
        sums[lane] += sums[lane + stride];
      }
    }
    return sums[0];
  }
}
