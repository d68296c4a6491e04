package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;

/**
 * The sums of floating-point values in f64, for {@code sum} and {@code mean}: added in row order
 * within a chunk, then chunk by chunk. Where groups are few, each has several sums within a chunk,
 * chosen by the row's position, so that rows of one group in a row do not wait for each other.
 */
final class FloatSum extends Accumulator {
  private static final int FEW_GROUPS = 1024;
  private static final int FEW_GROUPS_LANES = 4;

  private final HeapUse heap;
  private final ValueCounts counts;
  private final boolean mean;
  private final int lanes;
  private double[] sums = new double[0];

  /**
   * @param lanes sums per group: 1 or {@value #FEW_GROUPS_LANES}
   */
  FloatSum(HeapUse heap, ValueCounts counts, boolean mean, int lanes) {
    this.lanes = lanes;
    this.heap = heap;
    this.counts = counts;
    this.mean = mean;
  }

  /** The sums per group that suit {@code grouping}; depends on the data alone. */
  static int lanes(Grouping grouping) {
    return grouping.isFixed() && grouping.groupCount() <= FEW_GROUPS ? FEW_GROUPS_LANES : 1;
  }

  @Override
  void resize(int capacity) {
    sums = heap.grow(sums, Math.multiplyExact(capacity, lanes));
  }

  @Override
  void update(ArgumentValues values) {
    double[] s = sums;
    int[] groups = values.groups;
    double[] doubles = values.doubles();
    if (lanes == 1) {
      for (int i = 0; i < values.count; i++) {
        s[groups[i]] += doubles[i];
      }
      return;
    }
    int shift = (int) values.position;
    int[] rows = values.rows;
    if (rows == null) {
      for (int i = 0; i < values.count; i++) {
        s[groups[i] * FEW_GROUPS_LANES + (shift + i & FEW_GROUPS_LANES - 1)] += doubles[i];
      }
    } else {
      for (int i = 0; i < values.count; i++) {
        s[groups[i] * FEW_GROUPS_LANES + (shift + rows[i] & FEW_GROUPS_LANES - 1)] += doubles[i];
      }
    }
  }

  @Override
  void seal(int groupCount) {
    if (lanes > 1) {
      for (int at = 0; at < groupCount * FEW_GROUPS_LANES; at += FEW_GROUPS_LANES) {
        sums[at] = (sums[at] + sums[at + 2]) + (sums[at + 1] + sums[at + 3]);
      }
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    double[] other = ((FloatSum) next).sums;
    for (int i = 0; i < count; i++) {
      sums[to[i] * lanes] += other[from[start + i] * lanes];
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
        out.setDouble(i, mean ? sums[group * lanes] / present : sums[group * lanes]);
      }
    }
  }
}
