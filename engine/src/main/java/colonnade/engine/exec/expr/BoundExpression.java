package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.store.Vector;

/**
 * An expression that is bound to column positions and owns the memory for its results. Belongs to
 * one worker; not thread-safe.
 */
public interface BoundExpression {
  /** The type of the values. */
  DataType type();

  /**
   * The values for the rows of {@code batch}, by position: defined at least at {@code rows}, safe
   * to read elsewhere. The vector is a column of the batch itself or this expression's own memory;
   * it is valid until the next call. May change the form of {@code rows}, never which rows it
   * keeps.
   *
   * @throws colonnade.error.ComputationException if a row of {@code rows} has no value: integer
   *     overflow, a strict cast; rows outside never fail
   */
  Vector evaluate(Batch batch, Selection rows);

  /**
   * As {@link #evaluate}, for callers that can use codes of numbers and bits too: these stay as
   * they are where the value is a column of the batch.
   */
  default Vector encoded(Batch batch, Selection rows) {
    return evaluate(batch, rows);
  }

  /** The column of the batch that this hands on, or -1 if it computes something. */
  default int column() {
    return -1;
  }
}
