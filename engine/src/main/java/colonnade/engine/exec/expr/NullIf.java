package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;

/** A value, or null where a condition on it is true. */
final class NullIf implements BoundExpression {
  private final BoundExpression input;
  private final BoundExpression condition;
  private final ResultValidity validity;

  NullIf(BoundExpression input, BoundExpression condition, Worker worker) {
    this.input = input;
    this.condition = condition;
    this.validity = new ResultValidity(worker);
  }

  @Override
  public DataType type() {
    return input.type();
  }

  @Override
  public Vector evaluate(Batch batch, Selection rows) {
    Vector values = input.evaluate(batch, rows);
    Vector equal = condition.evaluate(batch, rows);
    validity.start(batch.size());
    validity.and(values);
    int[] list = rows.listOrNull();
    for (int k = 0; k < rows.count(); k++) {
      int i = list == null ? k : list[k];
      if (equal.data().get(JAVA_BYTE, equal.dataOffset() + i) != 0 && !equal.isNull(i)) {
        validity.setNull(i);
      }
    }
    return values.withValidity(validity.segment(), validity.offset());
  }
}
