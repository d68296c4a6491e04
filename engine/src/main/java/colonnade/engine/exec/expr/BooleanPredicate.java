package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.store.Vector;

/** Keeps rows whose condition has the wanted value, through the condition's values. */
record BooleanPredicate(BoundExpression input, boolean wanted) implements BoundPredicate {
  @Override
  public void narrow(Batch batch, Selection rows) {
    Vector values = input.evaluate(batch, rows);
    Presence.keepValid(values, rows);
    RangeLoops.narrow(values, 0L, 0L, wanted, rows);
  }
}
