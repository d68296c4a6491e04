package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.util.function.LongBinaryOperator;

/**
 * A function of two 64-bit integers, applied to the rows that are kept and not null. The function
 * throws {@link ArithmeticException} for values it cannot map.
 */
final class LongBinaryMap extends FixedResult {
  private final BoundExpression left;
  private final BoundExpression right;
  private final LongBinaryOperator function;
  private final boolean nullByZero;
  private final Failures.Kind failure;
  private final String text;
  private final long[] results;

  /**
   * A function of {@code left} and {@code right}, which have 64-bit integers.
   *
   * @param type the integral type of the results, which fit it
   * @param nullByZero whether the result is null where {@code right} is 0
   * @param text the expression, for messages
   */
  LongBinaryMap(
      BoundExpression left,
      BoundExpression right,
      DataType type,
      LongBinaryOperator function,
      boolean nullByZero,
      Failures.Kind failure,
      String text,
      Worker worker) {
    super(type, worker);
    this.left = left;
    this.right = right;
    this.function = function;
    this.nullByZero = nullByZero;
    this.failure = failure;
    this.text = text;
    this.results = new long[worker.batchRows()];
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector a = left.evaluate(batch, rows);
    Vector b = right.evaluate(batch, rows);
    validity.and(a);
    validity.and(b);
    int[] list = rows.listOrNull();
    int n = rows.count();
    int k = 0;
    try {
      for (; k < n; k++) {
        int i = list == null ? k : list[k];
        results[k] = 0;
        if (!validity.isNull(i)) {
          long x = a.data().get(JAVA_LONG_UNALIGNED, a.dataOffset() + 8L * i);
          long y = b.data().get(JAVA_LONG_UNALIGNED, b.dataOffset() + 8L * i);
          if (nullByZero && y == 0) {
            validity.setNull(i);
          } else {
            results[k] = function.applyAsLong(x, y);
          }
        }
      }
    } catch (ArithmeticException e) {
      int i = list == null ? k : list[k];
      long x = a.data().get(JAVA_LONG_UNALIGNED, a.dataOffset() + 8L * i);
      long y = b.data().get(JAVA_LONG_UNALIGNED, b.dataOffset() + 8L * i);
      throw failure.at(text, x + ", " + y, batch, i);
    }
    FixedWidthLoops.store(results, type().widthBytes(), list, n, data);
  }
}
