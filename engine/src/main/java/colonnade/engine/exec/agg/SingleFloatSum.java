package colonnade.engine.exec.agg;

/**
 * The sum of floating-point values of all rows, as the engine defines it: 16 interleaved sums
 * within a chunk, chosen by the row's position, then added in a fixed tree; chunks in order.
 */
final class SingleFloatSum extends Accumulator {
  private final ValueCounts counts;
  private final boolean mean;
  private final double[] lanes = new double[Lanes.COUNT];
  private double sum;

  SingleFloatSum(ValueCounts counts, boolean mean) {
    this.counts = counts;
    this.mean = mean;
  }

  @Override
  void resize(int capacity) {}

  @Override
  void update(ArgumentValues values) {
    Lanes.add(values, lanes);
  }

  @Override
  void seal(int groupCount) {
    sum = Lanes.total(lanes);
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    if (count > 0) {
      sum += ((SingleFloatSum) next).sum;
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
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
