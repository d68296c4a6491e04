package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;

/** Keeps rows whose comparison of two columns has the wanted value. */
record ComparisonPredicate(Comparison comparison, boolean wanted) implements BoundPredicate {
  @Override
  public void narrow(Batch batch, Selection rows) {
    comparison.narrow(batch, rows, wanted);
  }
}
