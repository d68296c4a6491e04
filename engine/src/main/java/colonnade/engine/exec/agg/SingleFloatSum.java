package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.kernel.Accumulators;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;

/**
 * The sum of floating-point values of all rows, as the engine defines it: 16 interleaved sums
 * within a chunk, chosen by the row's position, then added in a fixed tree; chunks in order.
 */
final class SingleFloatSum extends Sum {
  private final ValueCounts counts;
  private final double[] lanes = new double[Accumulators.COUNT];
  private double sum;

  SingleFloatSum(ValueCounts counts) {
    this.counts = counts;
  }

  @Override
  void resize(int capacity) {}

  @Override
  void update(ArgumentValues values) {
    Vector vector = values.vector();
    Kernels kernels = values.kernels();
    int lane = (int) values.position & Accumulators.COUNT - 1;
    if (lane != 0) {
      for (int i = 0; i < values.count; i++) {
        int row = values.rows == null ? i : values.rows[i];
        lanes[lane + row & Accumulators.COUNT - 1] += vector.doubleAt(row);
      }
    } else if (vector.type() == DataType.F32) {
      kernels.sumF32(vector.data(), vector.dataOffset(), values.rows, values.count, lanes);
    } else {
      kernels.sumF64(vector.data(), vector.dataOffset(), values.rows, values.count, lanes);
    }
  }

  @Override
  void seal(int groupCount) {
    sum = Accumulators.reduce(lanes);
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    if (count > 0) {
      sum += ((SingleFloatSum) next).sum;
    }
  }

  @Override
  void write(boolean mean, String label, int[] groups, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      long present = counts.count(0);
      if (present == 0) {
        out.setNull(i);
      } else {
        out.setDouble(i, mean ? sum / present : sum);
      }
    }
  }
}
