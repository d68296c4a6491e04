package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.kernel.Accumulators;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.Vector;

/**
 * The sums of floating-point values in f64, for {@code sum} and {@code mean}: added in row order
 * within a chunk, then chunk by chunk. Where groups are few, each has several sums within a chunk,
 * chosen by the row's position, so that rows of one group in a row do not wait for each other.
 * Where they are so few that their rows are summed group by group, these are the 16 of {@link
 * Accumulators}.
 */
final class FloatSum extends Sum {
  private static final int FEW_GROUPS = 1024;
  private static final int FEW_GROUPS_LANES = 4;

  private final HeapUse heap;
  private final ValueCounts counts;
  private final int lanes;
  private double[] sums = new double[0];
  private final double[] groupSums;

  /**
   * @param lanes sums per group: 1, {@value #FEW_GROUPS_LANES} or 16
   */
  FloatSum(HeapUse heap, ValueCounts counts, int lanes) {
    this.lanes = lanes;
    this.heap = heap;
    this.counts = counts;
    this.groupSums = new double[lanes == Accumulators.COUNT ? lanes : 0];
  }

  /** The sums per group that suit {@code grouping}; depends on the data alone. */
  static int lanes(Grouping grouping) {
    int groups = grouping.isFixed() ? grouping.groupCount() : Integer.MAX_VALUE;
    return groups <= GroupsApart.MOST_GROUPS
        ? Accumulators.COUNT
        : groups <= FEW_GROUPS ? FEW_GROUPS_LANES : 1;
  }

  @Override
  void resize(int capacity) {
    sums = heap.grow(sums, Math.multiplyExact(capacity, lanes));
  }

  @Override
  void update(ArgumentValues values) {
    double[] s = sums;
    int[] groups = values.groups;
    if (values.hasVector()) {
      Cells.addDoubles(
          values.vector(), values.rows, values.count, groups, lanes, (int) values.position, s);
      return;
    }
    double[] doubles = values.doubles();
    if (lanes == 1) {
      for (int i = 0; i < values.count; i++) {
        s[groups[i]] += doubles[i];
      }
      return;
    }
    int shift = (int) values.position;
    int stride = lanes;
    int[] rows = values.rows;
    if (rows == null) {
      for (int i = 0; i < values.count; i++) {
        s[groups[i] * stride + (shift + i & stride - 1)] += doubles[i];
      }
    } else {
      for (int i = 0; i < values.count; i++) {
        s[groups[i] * stride + (shift + rows[i] & stride - 1)] += doubles[i];
      }
    }
  }

  @Override
  boolean takesGroupsApart(Vector vector) {
    return lanes == Accumulators.COUNT
        && vector.encoding() == Encoding.PLAIN
        && vector.type().isFloating();
  }

  @Override
  void update(int group, Vector vector, Selection rows, Kernels kernels) {
    System.arraycopy(sums, group * lanes, groupSums, 0, lanes);
    boolean listed = rows.form() == Selection.Form.LIST;
    int[] list = listed ? rows.rows() : null;
    if (vector.type() == DataType.F64) {
      if (listed || rows.isAll()) {
        kernels.sumF64(vector.data(), vector.dataOffset(), list, rows.count(), groupSums);
      } else {
        kernels.sumMaskedF64(
            vector.data(), vector.dataOffset(), rows.words(), rows.size(), groupSums);
      }
    } else if (listed || rows.isAll()) {
      kernels.sumF32(vector.data(), vector.dataOffset(), list, rows.count(), groupSums);
    } else {
      kernels.sumMaskedF32(
          vector.data(), vector.dataOffset(), rows.words(), rows.size(), groupSums);
    }
    System.arraycopy(groupSums, 0, sums, group * lanes, lanes);
  }

  @Override
  void seal(int groupCount) {
    for (int at = 0; at < groupCount * lanes; at += lanes) {
      for (int apart = lanes / 2; apart > 0; apart /= 2) {
        for (int lane = 0; lane < apart; lane++) {
          sums[at + lane] += sums[at + lane + apart];
        }
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
  void write(boolean mean, String label, int[] groups, int count, ResultColumn out) {
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
