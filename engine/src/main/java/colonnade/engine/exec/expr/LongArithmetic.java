package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Vector;

/**
 * Sum, difference and product in i64. The loops note overflow of any row; only if there was one are
 * the rows that count looked at again.
 */
final class LongArithmetic extends FixedResult {
  private final Function function;
  private final BoundExpression left;
  private final BoundExpression right;
  private final String text;

  /**
   * {@code left} and {@code right} have 64-bit integers.
   *
   * @param type {@link DataType#I64} or {@link DataType#TIMESTAMP_MICROS}
   * @param text the expression, for messages
   */
  LongArithmetic(
      Function function,
      BoundExpression left,
      BoundExpression right,
      DataType type,
      String text,
      Worker worker) {
    super(type, worker);
    this.function = function;
    this.left = left;
    this.right = right;
    this.text = text;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector a = left.evaluate(batch, rows);
    Vector b = right.evaluate(batch, rows);
    validity.and(a);
    validity.and(b);
    long overflow =
        switch (function) {
          case ADD -> LongLoops.add(a, b, data, rows);
          case SUBTRACT -> LongLoops.subtract(a, b, data, rows);
          case MULTIPLY -> LongLoops.multiply(a, b, data, rows);
          default -> throw new IllegalStateException(function.label());
        };
    if (overflow < 0) {
      confirm(a, b, batch, rows);
    }
  }

  private void confirm(Vector a, Vector b, Batch batch, Selection rows) {
    int[] list = rows.toList();
    for (int k = 0; k < rows.count(); k++) {
      int i = list[k];
      if (!validity.isNull(i)) {
        long x = a.data().get(JAVA_LONG_UNALIGNED, a.dataOffset() + 8L * i);
        long y = b.data().get(JAVA_LONG_UNALIGNED, b.dataOffset() + 8L * i);
        try {
          long _ =
              switch (function) {
                case ADD -> Math.addExact(x, y);
                case SUBTRACT -> Math.subtractExact(x, y);
                default -> Math.multiplyExact(x, y);
              };
        } catch (ArithmeticException e) {
          throw Failures.overflow(text, x + " " + function.label() + " " + y, batch, i);
        }
      }
    }
  }
}
