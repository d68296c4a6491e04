package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;

/** A condition that is bound to column positions. Belongs to one worker; not thread-safe. */
public interface BoundPredicate {
  /**
   * Keeps those of {@code rows} for which the condition is true; rows where it is false or null go.
   * {@code rows} may be the batch's own selection.
   *
   * @throws colonnade.error.ComputationException as {@link BoundExpression#evaluate}
   */
  void narrow(Batch batch, Selection rows);
}
