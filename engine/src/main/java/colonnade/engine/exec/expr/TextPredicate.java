package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;

/** Keeps rows whose condition on text has the wanted value. */
record TextPredicate(TextCall condition, boolean wanted) implements BoundPredicate {
  @Override
  public void narrow(Batch batch, Selection rows) {
    condition.narrow(batch, rows, wanted);
  }
}
