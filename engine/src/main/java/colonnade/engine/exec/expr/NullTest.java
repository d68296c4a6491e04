package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;

/** Whether a value is null, or whether it is not; never null itself. */
final class NullTest extends FixedResult {
  private final BoundExpression input;
  private final boolean wantNull;

  NullTest(BoundExpression input, boolean wantNull, Worker worker) {
    super(DataType.BOOL, worker);
    this.input = input;
    this.wantNull = wantNull;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector from = input.encoded(batch, rows);
    int n = batch.size();
    long flip = wantNull ? -1L : 0;
    for (int w = 0; w << 6 < n; w++) {
      long bits = ResultValidity.word(from, w, n) ^ flip;
      int end = Math.min(n, (w + 1) << 6);
      for (int i = w << 6; i < end; i++) {
        data.set(JAVA_BYTE, i, (byte) (bits >>> i & 1));
      }
    }
  }
}
