package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Worker;
import java.util.List;

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
    if (from.isVariable()) {
      return new TextCall(
          List.of("cast", from, to), TextParsing.to(to), to, List.of(input), lenient, text, worker);
    }
    if (to == DataType.UTF8) {
      return new TextFormatting(input, worker);
    }
    if (to == DataType.F64) {
      return Widening.toDouble(input, worker);
    }
    if (to == DataType.I64 && from != DataType.TIMESTAMP_MICROS && !from.isFloating()) {
      return Widening.toLong(input, worker);
    }
    if (isSameBits(from, to) || isSameBits(to, from)) {
      return new Retyped(input, to);
    }
    BoundExpression wide =
        from.isFloating() ? Widening.toDouble(input, worker) : Widening.toLong(input, worker);
    return new NumberCast(wide, from, to, lenient, text, worker);
  }

  private static boolean isSameBits(DataType a, DataType b) {
    return a == DataType.I64 && b == DataType.TIMESTAMP_MICROS
        || a == DataType.I32 && b == DataType.DATE;
  }
}
