package colonnade.engine.plan.rewrite;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Typing;

/**
 * Tells expressions that have a value or null in every row, and never an error, so that it does not
 * matter in which rows, or how often, they are computed. It says no where that takes more than
 * types to know, and to everything that makes text, which may become too long.
 */
public final class NeverFails {
  private NeverFails() {}

  /** Whether {@code expression} is no error in any row of {@code schema}. */
  public static boolean in(Expression expression, Schema schema) {
    return switch (expression) {
      case Expression.Column _, Expression.Literal _ -> true;
      case Expression.Alias alias -> in(alias.input(), schema);
      case Expression.Call call -> partsIn(call, schema) && call(call, schema);
      case Expression.Case choice -> partsIn(choice, schema) && hasFixedWidth(choice, schema);
      case Expression.InList in -> partsIn(in, schema);
      case Expression.Cast cast -> in(cast.input(), schema) && cast(cast, schema);
      case Expression.Aggregate _, Expression.Normalize _ -> false;
    };
  }

  private static boolean partsIn(Expression expression, Schema schema) {
    return expression.children().stream().allMatch(part -> in(part, schema));
  }

  private static boolean call(Expression.Call call, Schema schema) {
    return switch (call.function()) {
      case ADD, SUBTRACT, MULTIPLY, NEGATE, ABSOLUTE -> {
        IntegerRange range = IntegerRange.ofCall(call, schema);
        yield range != null && range.fitsI64();
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, SAME -> true;
      case AND, OR, XOR, NOT, IS_NULL, IS_NOT_NULL -> true;
      case COALESCE, NULL_IF -> hasFixedWidth(call, schema);
      case LENGTH, BYTE_LENGTH, CONTAINS, STARTS_WITH, ENDS_WITH, INDEX_OF -> true;
      case YEAR, QUARTER, MONTH, DAY, HOUR, MINUTE, SECOND, MICROSECOND -> true;
      case DAY_OF_WEEK, DAY_OF_YEAR, ISO_WEEK -> true;
      default -> false;
    };
  }

  /** Integers into types that have them all. */
  private static boolean cast(Expression.Cast cast, Schema schema) {
    IntegerRange from = IntegerRange.of(cast.input(), schema);
    if (from == null || !cast.type().isInteger()) {
      return false;
    }
    IntegerRange to = IntegerRange.of(cast.type());
    return to.least().compareTo(from.least()) <= 0 && from.greatest().compareTo(to.greatest()) <= 0;
  }

  private static boolean hasFixedWidth(Expression expression, Schema schema) {
    DataType type = Typing.typeOf(expression, schema);
    return type != null && !type.isVariable();
  }
}
