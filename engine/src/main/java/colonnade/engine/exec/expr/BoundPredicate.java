package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import java.util.List;

/** A condition that is bound to column positions. Belongs to one worker; not thread-safe. */
public interface BoundPredicate {
  /**
   * Keeps those of {@code rows} for which the condition is true; rows where it is false or null go.
   * {@code rows} may be the batch's own selection.
   *
   * @throws colonnade.error.ComputationException as {@link BoundExpression#evaluate}
   */
  void narrow(Batch batch, Selection rows);

  /**
   * Whether it is fast to narrow whole blocks instead of batch after batch: so for tests of stored
   * columns, as they are, by bitmaps.
   *
   * @param block the rows to be tested, which may be more than a batch has
   */
  default boolean takesBlock(Batch block) {
    return false;
  }

  /** Conditions that are to be true together, to be tested in this order. */
  default List<BoundPredicate> parts() {
    return List.of(this);
  }
}
