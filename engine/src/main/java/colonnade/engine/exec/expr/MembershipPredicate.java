package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;

/** Keeps rows whose being among constants has the wanted value. */
record MembershipPredicate(Membership membership, boolean wanted) implements BoundPredicate {
  @Override
  public void narrow(Batch batch, Selection rows) {
    membership.narrow(batch, rows, wanted);
  }
}
