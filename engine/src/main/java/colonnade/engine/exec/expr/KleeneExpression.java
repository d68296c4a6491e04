package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Vector;

/** And, or, and exclusive or of two conditions in three-valued logic. */
final class KleeneExpression extends FixedResult {
  private final Function function;
  private final BoundExpression left;
  private final BoundExpression right;

  KleeneExpression(Function function, BoundExpression left, BoundExpression right, Worker worker) {
    super(DataType.BOOL, worker);
    this.function = function;
    this.left = left;
    this.right = right;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector a = left.evaluate(batch, rows);
    Vector b = right.evaluate(batch, rows);
    int n = batch.size();
    for (int i = 0; i < n; i++) {
      int x = a.data().get(JAVA_BYTE, a.dataOffset() + i) & 1;
      int y = b.data().get(JAVA_BYTE, b.dataOffset() + i) & 1;
      int z =
          switch (function) {
            case AND -> x & y;
            case OR -> x | y;
            default -> x ^ y;
          };
      data.set(JAVA_BYTE, i, (byte) z);
    }
    if (a.validity() == null && b.validity() == null) {
      return;
    }
    if (function == Function.XOR) {
      validity.and(a);
      validity.and(b);
      return;
    }
    settle(a, b, n);
  }

  /**
   * Where one side alone decides, the other may be null: false for and, true for or. The value is
   * then the deciding one.
   */
  private void settle(Vector a, Vector b, int n) {
    int deciding = function == Function.OR ? 1 : 0;
    for (int w = 0; w << 6 < n; w++) {
      long validA = ResultValidity.word(a, w, n);
      long validB = ResultValidity.word(b, w, n);
      long valid = validA & validB;
      for (long open = validA ^ validB; open != 0; open &= open - 1) {
        int bit = Long.numberOfTrailingZeros(open);
        int i = (w << 6) + bit;
        Vector present = (validA >>> bit & 1) != 0 ? a : b;
        if ((present.data().get(JAVA_BYTE, present.dataOffset() + i) & 1) == deciding) {
          valid |= 1L << bit;
          data.set(JAVA_BYTE, i, (byte) deciding);
        }
      }
      validity.setWord(w, valid);
    }
  }
}
