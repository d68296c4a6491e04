package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.store.Vector;

/** Keeps rows whose value is not null and passes a range. */
record RangePredicate(BoundExpression input, Range range) implements BoundPredicate {
  @Override
  public void narrow(Batch batch, Selection rows) {
    Vector values = input.evaluate(batch, rows);
    Presence.keepValid(values, rows);
    switch (range) {
      case Range.Longs r -> RangeLoops.narrow(values, r.low(), r.high(), r.outside(), rows);
      case Range.Doubles r -> RangeLoops.narrow(values, r.low(), r.high(), r.outside(), rows);
    }
  }
}
