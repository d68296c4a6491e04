package colonnade.engine.exec;

import colonnade.Schema;
import colonnade.engine.exec.expr.Binder;
import colonnade.engine.exec.expr.BoundPredicate;
import colonnade.engine.plan.Expression;
import java.util.List;

/**
 * The condition that a scan starts with. Its tests of stored columns run over each block as a whole
 * first, as long as that is fast: a batch of one-byte codes is one page, and a scan that goes on to
 * the next column after every page waits for memory each time. The other tests see one batch after
 * the other. What few rows have in other columns is read ahead. Belongs to one worker.
 */
final class ScanFilter {
  private final List<BoundPredicate> parts;
  private final Batch whole;
  private final RowPrefetch prefetch;
  private final boolean cutsBlocks;

  /** Parts that were tested for the whole of the present block. */
  private int tested;

  ScanFilter(Expression condition, Schema schema, Worker worker) {
    parts = Binder.bindPredicate(condition, schema, worker).parts();
    whole = Batch.ofBlocks(schema.size());
    prefetch = new RowPrefetch(condition, schema);
    cutsBlocks = worker.batchRows() % Long.SIZE == 0;
  }

  /** Begins a block. */
  void begin(Block block) {
    tested = 0;
    int rowCount = block.rowCount();
    whole.begin(block, 0, rowCount);
    if (!cutsBlocks) {
      return;
    }
    Selection kept = whole.selection();
    while (tested < parts.size() && !kept.isEmpty() && parts.get(tested).takesBlock(whole)) {
      parts.get(tested++).narrow(whole, kept);
    }
    if (tested == parts.size() && !kept.isEmpty()) {
      prefetch.load(whole);
    }
  }

  /**
   * Sets the selection of a batch to what is known of its rows.
   *
   * @param from the batch's first row in the block
   * @return whether a row is left
   */
  boolean select(Batch batch, int from) {
    if (tested > 0) {
      batch.selection().setPart(whole.selection(), from, batch.size());
    }
    return !batch.selection().isEmpty();
  }

  /**
   * Does the tests that are left, after the batch's columns were set.
   *
   * @return whether a row passes
   */
  boolean narrow(Batch batch) {
    Selection kept = batch.selection();
    for (int i = tested; i < parts.size() && !kept.isEmpty(); i++) {
      parts.get(i).narrow(batch, kept);
    }
    return !kept.isEmpty();
  }
}
