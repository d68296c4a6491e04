package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.sort.SortOrder;
import colonnade.engine.exec.sort.SortThreshold;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out most rows of a result that are not wanted, given a block's columns to order by. What
 * is left holds all that are wanted, in the order of the result; what else it holds depends on
 * which block was cut first. Safe for all threads.
 */
final class GroupCut {
  private final WantedGroups wanted;
  private final QueryContext context;

  /** The same order, by the columns given to {@link #of}. */
  private final List<SortOrder.Key> keys = new ArrayList<>();

  private final AtomicReference<@Nullable SortThreshold> threshold = new AtomicReference<>();

  /**
   * @param wanted at most {@link WantedGroups#MOST} rows, ordered by some keys
   */
  GroupCut(WantedGroups wanted, QueryContext context) {
    this.wanted = wanted;
    this.context = context;
    for (SortOrder.Key key : wanted.keys()) {
      keys.add(new SortOrder.Key(keys.size(), key.descending(), key.nullsFirst()));
    }
  }

  /** The columns of the result to order by, one for each key. */
  List<Integer> columns() {
    return wanted.keys().stream().map(SortOrder.Key::column).toList();
  }

  /** The rows, of a block of {@code rowCount}, that are left. */
  int[] of(Vector[] columns, int rowCount) {
    int[] left = notBehind(columns, rowCount);
    int most = (int) wanted.rowCount();
    if (left.length <= most || most == 0) {
      return most == 0 ? new int[0] : left;
    }
    int[] first = Arrays.copyOf(SortOrder.of(columns, rowCount, keys, context), most);
    SortThreshold reached = SortThreshold.of(keys, columns, first[most - 1]);
    threshold.accumulateAndGet(reached, (before, now) -> now.stricter(before));
    Arrays.sort(first);
    return first;
  }

  /** The rows that do not order behind as many as are wanted of other blocks. */
  private int[] notBehind(Vector[] columns, int rowCount) {
    int[] left = new int[rowCount];
    SortThreshold known = threshold.get();
    if (known == null) {
      Arrays.setAll(left, row -> row);
      return left;
    }
    Batch batch = new Batch(columns.length);
    int count = 0;
    for (int from = 0; from < rowCount; from += Sizes.BATCH_ROWS) {
      batch.reset(from, Math.min(Sizes.BATCH_ROWS, rowCount - from));
      for (int c = 0; c < columns.length; c++) {
        batch.set(c, columns[c].from(from));
      }
      known.narrow(batch, false, context.kernels());
      int[] rows = batch.selection().toList();
      for (int i = 0; i < batch.selection().count(); i++) {
        left[count++] = from + rows[i];
      }
    }
    return Arrays.copyOf(left, count);
  }
}
