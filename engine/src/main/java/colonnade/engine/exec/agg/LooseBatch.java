package colonnade.engine.exec.agg;

import colonnade.engine.exec.Sizes;
import java.util.Arrays;

/**
 * Up to a batch of rows that were kept ungrouped, of one part and of consecutive chunks. Reused;
 * belongs to one worker.
 */
final class LooseBatch {
  private final ArgumentCells layout;

  private final long[] keys = new long[Sizes.BATCH_ROWS];

  /** The group of each row. */
  final int[] groups = new int[Sizes.BATCH_ROWS];

  private final long[][] cells;
  private final long[] nulls = new long[Sizes.BATCH_ROWS];
  private boolean hasNulls;
  private int count;

  LooseBatch(ArgumentCells layout) {
    this.layout = layout;
    this.cells = new long[layout.columnCount()][Sizes.BATCH_ROWS];
  }

  /** Rows in the batch. */
  int count() {
    return count;
  }

  /** Whether a row has a null argument. */
  boolean hasNulls() {
    return hasNulls;
  }

  /** Whether no more rows fit. */
  boolean isFull() {
    return count == Sizes.BATCH_ROWS;
  }

  /** Forgets all rows. */
  void clear() {
    count = 0;
    hasNulls = false;
  }

  /** Adds up to {@code most} rows from {@code row} on, and groups them; how many it took. */
  int add(PartedRows rows, int row, int most, LooseGrouping grouping) {
    int taken = Math.min(most, Sizes.BATCH_ROWS - count);
    rows.copy(0, row, taken, keys, count);
    grouping.assign(rows, row, taken, keys, count, groups);
    int first = rows.firstArgument();
    for (int c = 0; c < cells.length; c++) {
      rows.copy(first + c, row, taken, cells[c], count);
    }
    if (rows.hasNulls()) {
      if (!hasNulls) {
        Arrays.fill(nulls, 0, count, 0L);
        hasNulls = true;
      }
      rows.copy(first + cells.length, row, taken, nulls, count);
    } else if (hasNulls) {
      Arrays.fill(nulls, count, count + taken, 0L);
    }
    count += taken;
    return taken;
  }

  /** The cells of the column that was at {@code position} in the batches. */
  long[] cells(int position) {
    return cells[layout.indexOf(position)];
  }

  /** Whether the column at {@code position} is floating point. */
  boolean isFloating(int position) {
    return layout.floating().get(layout.indexOf(position));
  }

  /** Whether row {@code i} is null in the column at {@code position}. */
  boolean isNull(int position, int i) {
    return hasNulls && (nulls[i] >>> layout.indexOf(position) & 1) != 0;
  }
}
