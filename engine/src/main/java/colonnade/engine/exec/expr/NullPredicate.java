package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.store.Vector;

/** Keeps rows whose value is null, or those whose value is not. */
record NullPredicate(BoundExpression input, boolean wantNull) implements BoundPredicate {
  @Override
  public void narrow(Batch batch, Selection rows) {
    Vector values = input.evaluate(batch, rows);
    if (wantNull) {
      Presence.keepNull(values, rows);
    } else {
      Presence.keepValid(values, rows);
    }
  }
}
