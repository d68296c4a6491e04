package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Sizes;
import org.jspecify.annotations.Nullable;

/** The kept rows of the batch at hand and the group of each. Reused; belongs to one worker. */
final class BatchRows {
  /** The row numbers in the batch; null for rows {@code 0 .. count - 1}. */
  int @Nullable [] rows;

  /** Rows kept. */
  int count;

  /** The group of each kept row. */
  final int[] groups = new int[Sizes.BATCH_ROWS];

  /** Rows of the chunk before this batch, kept or not. */
  long position;

  /** Takes the kept rows of {@code batch}; groups are to be set next. */
  void take(Batch batch, long positionInChunk) {
    Selection selection = batch.selection();
    rows = selection.isAll() ? null : selection.toList();
    count = selection.count();
    position = positionInChunk;
  }

  /** Forgets the first {@code dropped} kept rows, and the groups of all. */
  void drop(int dropped) {
    rows = rows(dropped, count);
    count -= dropped;
  }

  /** The row numbers of kept rows {@code from .. end - 1}, as {@link #rows}. */
  int @Nullable [] rows(int from, int end) {
    int[] all = rows;
    if (from == 0) {
      return all;
    }
    int[] some = new int[end - from];
    for (int i = 0; i < some.length; i++) {
      some[i] = all == null ? from + i : all[from + i];
    }
    return some;
  }
}
