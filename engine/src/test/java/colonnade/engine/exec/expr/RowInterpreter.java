package colonnade.engine.exec.expr;

import static colonnade.DataType.DATE;
import static colonnade.DataType.F32;
import static colonnade.DataType.F64;
import static colonnade.DataType.TIMESTAMP_MICROS;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Typing;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Expressions over one row of boxed values, written for clarity and apart from the engine: the
 * oracle of the tests. A value is null, a Long (integers, days, microseconds), a Double (f64, and
 * f32 widened), a Boolean, a String, or a byte[].
 */
final class RowInterpreter {
  /** The row has no value: overflow, or a strict cast that fails. */
  static final class NoValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoValue(String message) {
      super(message);
    }
  }

  private final Schema schema;
  private final List<Object> row;

  RowInterpreter(Schema schema, List<Object> row) {
    this.schema = schema;
    this.row = row;
  }

  Object evaluate(Expression expression) {
    return switch (expression) {
      case Expression.Column column -> row.get(schema.indexOf(column.name()));
      case Expression.Literal literal -> literal(literal);
      case Expression.Alias alias -> evaluate(alias.input());
      case Expression.Cast cast -> cast(cast);
      case Expression.Case choice -> choice(choice);
      case Expression.InList in -> in(in);
      case Expression.Call call -> call(call);
      default -> throw new IllegalArgumentException(expression.toString());
    };
  }

  private static Object literal(Expression.Literal literal) {
    return literal.type() == F32 && literal.value() instanceof Number number
        ? (Object) (double) number.floatValue()
        : literal.value();
  }

  private Object cast(Expression.Cast cast) {
    Object value = evaluate(cast.input());
    if (value == null) {
      return null;
    }
    try {
      return RowCasts.cast(value, typeOf(cast.input()), cast.type());
    } catch (NoValue e) {
      if (cast.lenient()) {
        return null;
      }
      throw e;
    }
  }

  private Object choice(Expression.Case choice) {
    for (Expression.Branch branch : choice.branches()) {
      if (Boolean.TRUE.equals(evaluate(branch.condition()))) {
        return as(branch.value(), typeOf(choice));
      }
    }
    return choice.otherwise() == null ? null : as(choice.otherwise(), typeOf(choice));
  }

  private Object in(Expression.InList in) {
    Object value = evaluate(in.input());
    if (value == null) {
      return null;
    }
    for (Expression.Literal constant : in.values()) {
      Object other = literal(constant);
      if (other != null
          && compare(value, typeOf(in.input()), other, constant.type()) == Order.EQUAL) {
        return true;
      }
    }
    return false;
  }

  private DataType typeOf(Expression expression) {
    return Typing.typeOf(expression, schema);
  }

  private Object as(Expression expression, DataType type) {
    Object value = evaluate(expression);
    return value == null ? null : RowCasts.cast(value, typeOf(expression), type);
  }

  private Object call(Expression.Call call) {
    Function function = call.function();
    List<Expression> arguments = call.arguments();
    switch (function) {
      case AND, OR, XOR -> {
        return kleene(
            function, (Boolean) evaluate(arguments.get(0)), (Boolean) evaluate(arguments.get(1)));
      }
      case IS_NULL -> {
        return evaluate(arguments.get(0)) == null;
      }
      case IS_NOT_NULL -> {
        return evaluate(arguments.get(0)) != null;
      }
      case COALESCE -> {
        for (Expression argument : arguments) {
          Object value = as(argument, typeOf(call));
          if (value != null) {
            return value;
          }
        }
        return null;
      }
      case LEAST, GREATEST -> {
        return extreme(function == Function.LEAST, arguments, typeOf(call));
      }
      default -> {}
    }
    List<Object> values = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (Expression argument : arguments) {
      values.add(evaluate(argument));
      types.add(typeOf(argument));
    }
    switch (function) {
      case SAME -> {
        Object a = values.get(0);
        Object b = values.get(1);
        return a == null || b == null
            ? a == b
            : compare(a, types.get(0), b, types.get(1)) == Order.EQUAL;
      }
      case NULL_IF -> {
        Object a = values.get(0);
        Object b = values.get(1);
        boolean equal =
            a != null && b != null && compare(a, types.get(0), b, types.get(1)) == Order.EQUAL;
        return equal ? null : a;
      }
      case FILL_NAN -> {
        Object a = values.get(0);
        Object chosen = a instanceof Double d && d.isNaN() ? values.get(1) : a;
        return chosen == null ? null : (Object) ((Number) chosen).doubleValue();
      }
      default -> {
        return values.contains(null) ? null : strict(call, values, types);
      }
    }
  }

  private Object strict(Expression.Call call, List<Object> values, List<DataType> types) {
    DataType type = typeOf(call);
    return switch (call.function()) {
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          holds(call.function(), compare(values.get(0), types.get(0), values.get(1), types.get(1)));
      case NOT -> !(Boolean) values.get(0);
      case IS_NAN -> Double.isNaN(((Number) values.get(0)).doubleValue());
      case IS_FINITE -> Double.isFinite(((Number) values.get(0)).doubleValue());
      case ADD, SUBTRACT, MULTIPLY, FLOOR_DIVIDE, REMAINDER, NEGATE, ABSOLUTE, SIGN ->
          type == F64
              ? RowMathematics.ofDoubles(call.function(), values)
              : RowMathematics.ofIntegers(call.function(), values, type);
      case FLOOR, CEIL, TRUNCATE, ROUND ->
          type == F64
              ? RowMathematics.ofDoubles(call.function(), values)
              : RowMathematics.ofIntegers(call.function(), values, type);
      case YEAR, QUARTER, MONTH, DAY, HOUR, MINUTE, SECOND, MICROSECOND, DAY_OF_WEEK ->
          RowTimes.part(call.function(), (Long) values.get(0), types.get(0));
      case DAY_OF_YEAR, ISO_WEEK ->
          RowTimes.part(call.function(), (Long) values.get(0), types.get(0));
      case TRUNCATE_TIME ->
          RowTimes.truncate((Long) values.get(0), (String) values.get(1), types.get(0));
      case OFFSET_TIME ->
          RowTimes.offset(
              (Long) values.get(0),
              (Long) values.get(1),
              (String) values.get(2),
              types.get(0),
              type);
      case DIVIDE, SQRT, CBRT, EXP, EXPM1, LN, LOG2, LOG10, LOG1P, POWER ->
          RowMathematics.ofDoubles(call.function(), values);
      case SIN, COS, TAN, ASIN, ACOS, ATAN, ATAN2, SINH, COSH, TANH, DEGREES, RADIANS ->
          RowMathematics.ofDoubles(call.function(), values);
      default -> RowTexts.call(call.function(), values);
    };
  }

  private static Boolean kleene(Function function, Boolean a, Boolean b) {
    return switch (function) {
      case AND ->
          Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)
              ? Boolean.FALSE
              : a == null || b == null ? null : Boolean.TRUE;
      case OR ->
          Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)
              ? Boolean.TRUE
              : a == null || b == null ? null : Boolean.FALSE;
      default -> a == null || b == null ? null : (Boolean) (!a.equals(b));
    };
  }

  private Object extreme(boolean least, List<Expression> arguments, DataType type) {
    Object best = null;
    for (Expression argument : arguments) {
      Object value = as(argument, type);
      if (value == null) {
        continue;
      }
      boolean isNan = value instanceof Double d && d.isNaN();
      boolean bestIsNan = best instanceof Double d && d.isNaN();
      Order order = best == null ? null : compare(value, type, best, type);
      if (best == null
          || least && (order == Order.LESS || bestIsNan && !isNan)
          || !least && (order == Order.GREATER || isNan && !bestIsNan)) {
        best = value;
      }
    }
    return best;
  }

  enum Order {
    LESS,
    EQUAL,
    GREATER,
    UNORDERED
  }

  private static boolean holds(Function function, Order order) {
    return switch (function) {
      case EQUAL -> order == Order.EQUAL;
      case NOT_EQUAL -> order != Order.EQUAL;
      case LESS -> order == Order.LESS;
      case LESS_OR_EQUAL -> order == Order.LESS || order == Order.EQUAL;
      case GREATER -> order == Order.GREATER;
      default -> order == Order.GREATER || order == Order.EQUAL;
    };
  }

  static Order compare(Object a, DataType typeA, Object b, DataType typeB) {
    if (a instanceof String s) {
      return order(Arrays.compare(s.codePoints().toArray(), ((String) b).codePoints().toArray()));
    }
    if (a instanceof byte[] bytes) {
      return order(Arrays.compareUnsigned(bytes, (byte[]) b));
    }
    if (a instanceof Boolean flag) {
      return order(flag.compareTo((Boolean) b));
    }
    if (a instanceof Double d && d.isNaN() || b instanceof Double e && e.isNaN()) {
      return Order.UNORDERED;
    }
    if (a instanceof Double d && d.isInfinite() || b instanceof Double e && e.isInfinite()) {
      return order(Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue()));
    }
    return order(exact(a, typeA, typeB).compareTo(exact(b, typeB, typeA)));
  }

  private static java.math.BigDecimal exact(Object value, DataType type, DataType other) {
    if (value instanceof Double d) {
      return new java.math.BigDecimal(d);
    }
    BigInteger integer = BigInteger.valueOf((Long) value);
    return new java.math.BigDecimal(
        type == DATE && other == TIMESTAMP_MICROS
            ? integer.multiply(BigInteger.valueOf(86_400_000_000L))
            : integer);
  }

  private static Order order(int comparison) {
    return comparison < 0 ? Order.LESS : comparison > 0 ? Order.GREATER : Order.EQUAL;
  }
}
