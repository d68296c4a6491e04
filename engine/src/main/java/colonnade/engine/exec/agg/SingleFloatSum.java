package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.exec.Sizes;
import colonnade.engine.kernel.Accumulators;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import org.jspecify.annotations.Nullable;

/**
 * The sum of floating-point values of all rows, as {@link Accumulators} defines it, where a block
 * is so many rows of a chunk: 16 interleaved sums within a block, chosen by the row's position,
 * then added in a fixed tree; blocks in order, and chunks in order.
 */
final class SingleFloatSum extends Sum {
  private final ValueCounts counts;
  private final double[] lanes = new double[Accumulators.COUNT];
  private double[] blockLanes = new double[0];

  /** The block that {@link #lanes} are of. */
  private long block;

  /** Of all blocks before. */
  private double sum;

  SingleFloatSum(ValueCounts counts) {
    this.counts = counts;
  }

  @Override
  void resize(int capacity) {}

  @Override
  void update(ArgumentValues values) {
    int[] rows = values.rows;
    int from = 0;
    while (from < values.count) {
      int row = rows == null ? from : rows[from];
      long position = values.position + row;
      begin(position / Sizes.BLOCK_ROWS);
      if (rows == null && addBlocks(values, from, position)) {
        from += Accumulators.STREAMS * Sizes.BLOCK_ROWS;
      } else {
        long left = Sizes.BLOCK_ROWS - position % Sizes.BLOCK_ROWS;
        int end = end(rows, from, values.count, row + left);
        add(values, from, end);
        from = end;
      }
    }
  }

  private void begin(long next) {
    if (next != block) {
      sum += Accumulators.reduce(lanes);
      block = next;
    }
  }

  /** Adds the next blocks side by side, if there are so many; false, and nothing, if not. */
  private boolean addBlocks(ArgumentValues values, int from, long position) {
    int n = Sizes.BLOCK_ROWS;
    if (values.count - from < Accumulators.STREAMS * n || position % n != 0) {
      return false;
    }
    if (blockLanes.length == 0) {
      blockLanes = new double[Accumulators.STREAMS * Accumulators.COUNT];
    }
    Vector vector = values.vector();
    Kernels kernels = values.kernels();
    long offset = vector.dataOffset() + (long) from * vector.type().widthBytes();
    if (vector.type() == DataType.F32) {
      kernels.sumBlocksF32(vector.data(), offset, n, blockLanes);
    } else {
      kernels.sumBlocksF64(vector.data(), offset, n, blockLanes);
    }
    for (int b = 0; b < Accumulators.STREAMS; b++) {
      sum += Accumulators.reduce(blockLanes, b * Accumulators.COUNT);
    }
    return true;
  }

  /** The end of the values whose rows come before row {@code endRow}. */
  private static int end(int @Nullable [] rows, int from, int count, long endRow) {
    if (rows == null) {
      return (int) Math.min(count, endRow);
    }
    if (rows[count - 1] < endRow) {
      return count;
    }
    int end = from;
    while (rows[end] < endRow) {
      end++;
    }
    return end;
  }

  /** Adds values {@code [from, end)} to the lanes. */
  private void add(ArgumentValues values, int from, int end) {
    Vector vector = values.vector();
    int[] rows = values.rows;
    int start = rows == null ? from : 0;
    int position = (int) values.position;
    if ((position + start & Accumulators.COUNT - 1) != 0 || rows != null && from > 0) {
      for (int i = from; i < end; i++) {
        int row = rows == null ? i : rows[i];
        lanes[position + row & Accumulators.COUNT - 1] += vector.doubleAt(row);
      }
      return;
    }
    long offset = vector.dataOffset() + (long) start * vector.type().widthBytes();
    if (vector.type() == DataType.F32) {
      values.kernels().sumF32(vector.data(), offset, rows, end - from, lanes);
    } else {
      values.kernels().sumF64(vector.data(), offset, rows, end - from, lanes);
    }
  }

  @Override
  void seal(int groupCount) {
    sum += Accumulators.reduce(lanes);
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
