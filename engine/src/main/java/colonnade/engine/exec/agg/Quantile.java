package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;

/**
 * An exact quantile of the values collected of one argument, by linear interpolation between the
 * two nearest. Quantiles of one argument share its values.
 */
final class Quantile extends Accumulator {
  /** Values of a group beyond which they are not put side by side. */
  static final int MOST_GATHERED = 1 << 20;

  private final HeapUse heap;
  private final CollectedCells values;
  private final double fraction;
  private int capacity;
  private double[] results = new double[0];

  Quantile(HeapUse heap, CollectedCells values, double fraction) {
    this.heap = heap;
    this.values = values;
    this.fraction = fraction;
  }

  @Override
  void resize(int newCapacity) {
    capacity = newCapacity;
  }

  @Override
  void update(ArgumentValues argument) {}

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {}

  @Override
  void complete(int first, int end) {
    double[] out = results();
    Gatherer gatherer = new Gatherer();
    for (int group = first; group < end; group++) {
      long count = values.count(group);
      if (count > MOST_GATHERED) {
        out[group] = quantile(new RunSelection(values, group), count);
      } else if (count > 0) {
        gatherer.gather(values, group);
        out[group] = quantile(gatherer.cells, (int) count);
      }
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      if (values.count(groups[i]) == 0) {
        out.setNull(i);
      } else {
        out.setDouble(i, results[groups[i]]);
      }
    }
  }

  private synchronized double[] results() {
    if (results.length < capacity) {
      results = heap.grow(results, capacity);
    }
    return results;
  }

  private double quantile(long[] cells, int count) {
    double position = (count - 1) * fraction;
    int below = (int) position;
    double weight = position - below;
    double low = Ordered.toDouble(Selecting.select(cells, count, below));
    return weight == 0
        ? low
        : between(low, Ordered.toDouble(Selecting.least(cells, below + 1, count)), weight);
  }

  private double quantile(RunSelection runs, long count) {
    double position = (count - 1) * fraction;
    long below = (long) position;
    double weight = position - below;
    double low = Ordered.toDouble(runs.select(below));
    return weight == 0 ? low : between(low, Ordered.toDouble(runs.select(below + 1)), weight);
  }

  private static double between(double low, double high, double weight) {
    double apart = high - low;
    if (low == high) {
      return low;
    }
    // The difference of two finite values may be infinite.
    return Double.isInfinite(apart) ? low * (1 - weight) + high * weight : low + weight * apart;
  }

  /** The values of one group, side by side. */
  private static final class Gatherer {
    long[] cells = new long[1024];
    private int size;

    void gather(CollectedCells values, int group) {
      long wanted = values.count(group);
      if (wanted > cells.length) {
        cells = new long[(int) Math.min(MOST_GATHERED, Math.max(wanted, 2L * cells.length))];
      }
      size = 0;
      values.forEachRun(
          group,
          (owner, from, count) -> {
            owner.copy(from, count, cells, size);
            size += count;
          });
    }
  }
}
