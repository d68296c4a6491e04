package colonnade.engine.plan;

import static colonnade.DataType.BOOL;
import static colonnade.DataType.DATE;
import static colonnade.DataType.F64;
import static colonnade.DataType.I32;
import static colonnade.DataType.I64;
import static colonnade.DataType.TIMESTAMP_MICROS;
import static colonnade.DataType.UTF8;

import colonnade.DataType;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The types that each {@link Function} takes and gives. */
final class FunctionTyping {
  private static final Set<String> UNITS =
      Set.of(
          "year",
          "quarter",
          "month",
          "week",
          "day",
          "hour",
          "minute",
          "second",
          "millisecond",
          "microsecond");

  private FunctionTyping() {}

  /**
   * The type of {@code call}, given the types of its arguments, where null is the type of a literal
   * null.
   */
  static @Nullable DataType resultType(Expression.Call call, List<@Nullable DataType> types) {
    requireArity(call);
    return switch (call.function()) {
      case ADD, SUBTRACT -> additive(call, types);
      case MULTIPLY, FLOOR_DIVIDE, REMAINDER -> {
        types.forEach(type -> Typing.requireNumeric(type, call));
        yield isFloating(types.get(0)) || isFloating(types.get(1)) ? F64 : I64;
      }
      case NEGATE, ABSOLUTE, SIGN, FLOOR, CEIL, ROUND, TRUNCATE -> {
        Typing.requireNumeric(types.get(0), call);
        yield isFloating(types.get(0)) ? F64 : I64;
      }
      case DIVIDE, SQRT, CBRT, EXP, EXPM1, LN, LOG2, LOG10, LOG1P, POWER -> number(call, types);
      case SIN, COS, TAN, ASIN, ACOS, ATAN, ATAN2, SINH, COSH, TANH, DEGREES, RADIANS ->
          number(call, types);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, SAME -> {
        Typing.requireComparable(types.get(0), types.get(1), call);
        yield BOOL;
      }
      case AND, OR, XOR, NOT -> {
        types.forEach(type -> require(type == null || type == BOOL, call, "a condition", type));
        yield BOOL;
      }
      case IS_NULL, IS_NOT_NULL -> BOOL;
      case IS_NAN, IS_FINITE -> {
        Typing.requireNumeric(types.get(0), call);
        yield BOOL;
      }
      case FILL_NAN -> number(call, types);
      case COALESCE, LEAST, GREATEST -> common(call, types);
      case NULL_IF -> {
        Typing.requireComparable(types.get(0), types.get(1), call);
        yield types.get(0);
      }
      case LENGTH, BYTE_LENGTH -> {
        text(call, types.get(0));
        yield I64;
      }
      case UPPER, LOWER, TRIM, TRIM_START, TRIM_END, REVERSE -> text(call, types.get(0));
      case SUBSTRING -> {
        requireInteger(call, types.get(1));
        requireInteger(call, types.get(2));
        yield text(call, types.get(0));
      }
      case CONCAT, REPLACE -> {
        types.forEach(type -> text(call, type));
        yield UTF8;
      }
      case CONTAINS, STARTS_WITH, ENDS_WITH -> {
        types.forEach(type -> text(call, type));
        yield BOOL;
      }
      case MATCHES -> {
        types.forEach(type -> text(call, type));
        requirePattern(call, constantText(call, 1));
        yield BOOL;
      }
      case INDEX_OF -> {
        types.forEach(type -> text(call, type));
        yield I64;
      }
      case PAD_START, PAD_END -> {
        requireInteger(call, types.get(1));
        text(call, types.get(2));
        yield text(call, types.get(0));
      }
      case YEAR,
          QUARTER,
          MONTH,
          DAY,
          HOUR,
          MINUTE,
          SECOND,
          MICROSECOND,
          DAY_OF_WEEK,
          DAY_OF_YEAR,
          ISO_WEEK -> {
        temporal(call, types.get(0));
        yield I32;
      }
      case TRUNCATE_TIME -> {
        unit(call, 1);
        yield temporal(call, types.get(0));
      }
      case OFFSET_TIME -> {
        requireInteger(call, types.get(1));
        String unit = unit(call, 2);
        DataType type = temporal(call, types.get(0));
        boolean finerThanDay = !Set.of("year", "quarter", "month", "week", "day").contains(unit);
        yield finerThanDay ? TIMESTAMP_MICROS : type;
      }
    };
  }

  private static void requireArity(Expression.Call call) {
    int count = call.arguments().size();
    int wanted =
        switch (call.function()) {
          case COALESCE, CONCAT, LEAST, GREATEST -> Math.max(1, count);
          case SUBSTRING, REPLACE, PAD_START, PAD_END, OFFSET_TIME -> 3;
          case ADD, SUBTRACT, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER, POWER, ATAN2, ROUND -> 2;
          case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, SAME -> 2;
          case AND, OR, XOR, NULL_IF, FILL_NAN, TRUNCATE_TIME -> 2;
          case CONTAINS, STARTS_WITH, ENDS_WITH, INDEX_OF, MATCHES -> 2;
          default -> 1;
        };
    if (count != wanted) {
      throw new InvalidQueryException(
          call.function().label(),
          call.function().label() + " takes " + wanted + " arguments, not " + count,
          "");
    }
    if (call.function() == Function.ROUND
        && !(call.arguments().get(1) instanceof Expression.Literal literal
            && literal.value() instanceof Long)) {
      throw new InvalidQueryException(
          ExpressionText.of(call), "round takes a constant number of decimals", "");
    }
  }

  private static @Nullable DataType additive(Expression.Call call, List<@Nullable DataType> types) {
    DataType left = types.get(0);
    DataType right = types.get(1);
    boolean minus = call.function() == Function.SUBTRACT;
    if (left != null && right != null) {
      if (left.isTemporal() && left == right && minus) {
        return I64;
      }
      if (left.isTemporal() && right.isInteger()) {
        return left;
      }
      if (right.isTemporal() && left.isInteger() && !minus) {
        return right;
      }
    }
    types.forEach(type -> Typing.requireNumeric(type, call));
    return isFloating(left) || isFloating(right) ? F64 : I64;
  }

  private static DataType number(Expression.Call call, List<@Nullable DataType> types) {
    types.forEach(type -> Typing.requireNumeric(type, call));
    return F64;
  }

  private static @Nullable DataType common(Expression.Call call, List<@Nullable DataType> types) {
    DataType result = null;
    for (DataType type : types) {
      DataType next = Typing.common(result, type);
      if (next == null && (result != null || type != null)) {
        throw new TypeMismatchException(
            ExpressionText.of(call),
            ExpressionText.of(call)
                + " mixes "
                + Typing.label(result)
                + " and "
                + Typing.label(type),
            "Cast them to one type.");
      }
      result = next;
    }
    return result;
  }

  private static DataType text(Expression.Call call, @Nullable DataType type) {
    require(type == null || type == UTF8, call, "text", type);
    return UTF8;
  }

  private static DataType temporal(Expression.Call call, @Nullable DataType type) {
    require(type == null || type.isTemporal(), call, "a date or timestamp", type);
    return type == null ? DATE : type;
  }

  private static void requireInteger(Expression.Call call, @Nullable DataType type) {
    require(type == null || type.isInteger(), call, "an integer", type);
  }

  private static String unit(Expression.Call call, int argument) {
    String unit = constantText(call, argument);
    if (!UNITS.contains(unit)) {
      throw new InvalidQueryException(
          ExpressionText.of(call),
          "no unit of time '" + unit + "' in " + ExpressionText.of(call),
          "Units are year, quarter, month, week, day, hour, minute, second, millisecond and"
              + " microsecond.");
    }
    return unit;
  }

  private static void requirePattern(Expression.Call call, String regex) {
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new InvalidQueryException(
          ExpressionText.of(call),
          "'" + regex + "' is no regular expression: " + e.getDescription(),
          "The syntax is that of java.util.regex.Pattern.");
    }
  }

  private static String constantText(Expression.Call call, int argument) {
    if (call.arguments().get(argument) instanceof Expression.Literal literal
        && literal.value() instanceof String s) {
      return s;
    }
    throw new InvalidQueryException(
        ExpressionText.of(call), call.function().label() + " takes a constant text here", "");
  }

  private static void require(
      boolean holds, Expression.Call call, String wanted, @Nullable DataType type) {
    if (!holds) {
      throw new TypeMismatchException(
          ExpressionText.of(call),
          call.function().label()
              + " needs "
              + wanted
              + ", not "
              + Typing.label(type)
              + ", in "
              + ExpressionText.of(call),
          "");
    }
  }

  private static boolean isFloating(@Nullable DataType type) {
    return type != null && type.isFloating();
  }
}
