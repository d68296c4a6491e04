package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Worker;

/** Picks the code for a change of type. */
final class Casts {
  private Casts() {}

  /**
   * {@code input} as {@code to}.
   *
   * @param lenient what has no counterpart becomes null; otherwise it is an error
   * @param text the expression, for messages
   */
  static BoundExpression bind(
      BoundExpression input, DataType to, boolean lenient, String text, Worker worker) {
    DataType from = input.type();
    if (from == to) {
      return input;
    }
    if (input instanceof ConstantExpression constant && constant.value() == null) {
      return new ConstantExpression(to, null, worker);
    }
    if (to == DataType.F64) {
      return Widening.toDouble(input, worker);
    }
    throw new IllegalStateException("no cast from " + from + " to " + to);
  }
}
