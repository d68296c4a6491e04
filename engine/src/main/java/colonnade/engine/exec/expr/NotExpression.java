package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;

/** The opposite of a condition; null stays null. */
final class NotExpression extends FixedResult {
  private final BoundExpression input;

  NotExpression(BoundExpression input, Worker worker) {
    super(DataType.BOOL, worker);
    this.input = input;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector from = input.evaluate(batch, rows);
    validity.and(from);
    for (int i = 0; i < batch.size(); i++) {
      data.set(JAVA_BYTE, i, (byte) (from.data().get(JAVA_BYTE, from.dataOffset() + i) & 1 ^ 1));
    }
  }
}
