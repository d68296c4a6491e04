package colonnade.engine.exec.expr;

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
    worker.kernels().notBool(from.data(), from.dataOffset(), batch.size(), data, 0);
  }
}
