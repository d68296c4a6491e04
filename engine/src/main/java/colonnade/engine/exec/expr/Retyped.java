package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.store.Vector;

/** The same bits under another type of the same width: i64 as timestamp, i32 as date, and back. */
record Retyped(BoundExpression input, DataType type) implements BoundExpression {
  @Override
  public Vector evaluate(Batch batch, Selection rows) {
    Vector from = input.evaluate(batch, rows);
    return Vector.fixed(
        type, from.data(), from.dataOffset(), from.validity(), from.validityOffset());
  }
}
