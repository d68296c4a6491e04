package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import java.util.List;

/** Keeps rows for which some part is true: each part sees what those before it did not keep. */
final class Disjunction implements BoundPredicate {
  private final List<BoundPredicate> parts;
  private final Selection open = new Selection();
  private final Selection hit = new Selection();

  Disjunction(List<BoundPredicate> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public void narrow(Batch batch, Selection rows) {
    open.copyFrom(rows);
    for (int i = 0; i < parts.size() && !open.isEmpty(); i++) {
      hit.copyFrom(open);
      parts.get(i).narrow(batch, hit);
      RowSets.remove(open, hit);
    }
    RowSets.remove(rows, open);
  }
}
