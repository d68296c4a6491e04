package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import java.util.List;

/** Keeps rows for which all parts are true: each part sees what those before it kept. */
record Conjunction(List<BoundPredicate> parts) implements BoundPredicate {
  @Override
  public void narrow(Batch batch, Selection rows) {
    for (int i = 0; i < parts.size() && !rows.isEmpty(); i++) {
      parts.get(i).narrow(batch, rows);
    }
  }
}
