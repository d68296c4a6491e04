package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Worker;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Function;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Binds one call of a function: picks the code for the types at hand. */
final class FunctionBinding {
  private final Binding binding;
  private final Worker worker;
  private final Expression.Call call;
  private final Function function;
  private final List<Expression> arguments;
  private final DataType type;

  /** Binds {@code call}, whose type is {@code type}. */
  FunctionBinding(Binding binding, Expression.Call call, DataType type) {
    this.binding = binding;
    this.worker = binding.worker;
    this.call = call;
    this.function = call.function();
    this.arguments = call.arguments();
    this.type = type;
  }

  BoundExpression bind() {
    return switch (function) {
      case ADD, SUBTRACT, MULTIPLY -> arithmetic();
      case DIVIDE -> new DoubleArithmetic(function, number(0), number(1), worker);
      case FLOOR_DIVIDE, REMAINDER -> type == DataType.F64 ? arithmetic() : division();
      case NEGATE, ABSOLUTE, SIGN, FLOOR, CEIL, TRUNCATE ->
          type == DataType.F64 ? new DoubleFunction(function, number(0), worker) : ofInteger();
      case ROUND -> round();
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison(function);
      case SAME ->
          new SameExpression(comparison(Function.EQUAL), comparand(0), comparand(1), worker);
      case AND, OR, XOR -> new KleeneExpression(function, any(0), any(1), worker);
      case NOT -> new NotExpression(any(0), worker);
      case IS_NULL -> new NullTest(any(0), true, worker);
      case IS_NOT_NULL -> new NullTest(any(0), false, worker);
      case IS_NAN -> DoubleMap.test(number(0), Double::isNaN, worker);
      case IS_FINITE -> DoubleMap.test(number(0), Double::isFinite, worker);
      case COALESCE -> new CoalesceExpression(binding.bindAllAs(arguments, type), worker);
      case NULL_IF -> new NullIf(comparand(0), comparison(Function.EQUAL), worker);
      case FILL_NAN -> new FillNan(number(0), number(1), worker);
      case LEAST, GREATEST -> extreme();
      case SQRT -> new DoubleFunction(function, number(0), worker);
      case CBRT, EXP, EXPM1, LN, LOG2, LOG10, LOG1P -> ofNumber();
      case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH, DEGREES, RADIANS -> ofNumber();
      case POWER, ATAN2 -> ofNumbers();
      case LENGTH, BYTE_LENGTH, UPPER, LOWER, TRIM, TRIM_START, TRIM_END, REVERSE, SUBSTRING ->
          TextBinding.bind(call, function, type, binding);
      case CONCAT, CONTAINS, STARTS_WITH, ENDS_WITH, INDEX_OF, REPLACE, MATCHES ->
          TextBinding.bind(call, function, type, binding);
      case PAD_START, PAD_END -> TextBinding.bind(call, function, type, binding);
      case YEAR, QUARTER, MONTH, DAY, HOUR, MINUTE, SECOND, MICROSECOND -> part();
      case DAY_OF_WEEK, DAY_OF_YEAR, ISO_WEEK -> part();
      case TRUNCATE_TIME ->
          ofTime(TimeBinding.truncation(unit(1), type), type, binding.bindAs(first(), type));
      case OFFSET_TIME -> offset();
    };
  }

  private BoundExpression arithmetic() {
    if (type == DataType.F64) {
      return new DoubleArithmetic(function, number(0), number(1), worker);
    }
    BoundExpression result =
        new LongArithmetic(
            function,
            integer(0),
            integer(1),
            type == DataType.TIMESTAMP_MICROS ? type : DataType.I64,
            text(),
            worker);
    return Casts.bind(result, type, false, text(), worker);
  }

  private BoundExpression division() {
    return new LongBinaryMap(
        integer(0),
        integer(1),
        DataType.I64,
        function == Function.REMAINDER ? (x, y) -> x % y : Math::floorDivExact,
        true,
        Failures::overflow,
        text(),
        worker);
  }

  private BoundExpression ofInteger() {
    LongUnaryOperator operator =
        switch (function) {
          case NEGATE -> Math::negateExact;
          case ABSOLUTE -> Math::absExact;
          case SIGN -> Long::signum;
          default -> x -> x;
        };
    return new LongMap(integer(0), DataType.I64, operator, Failures::overflow, text(), worker);
  }

  private BoundExpression ofNumber() {
    return DoubleMap.function(number(0), Mathematics.unary(function), worker);
  }

  private BoundExpression ofNumbers() {
    return new DoubleBinaryMap(number(0), number(1), Mathematics.binary(function), worker);
  }

  private BoundExpression round() {
    long decimals =
        arguments.get(1) instanceof Expression.Literal literal
                && literal.value() instanceof Long value
            ? value
            : 0;
    return type == DataType.F64
        ? DoubleMap.function(number(0), x -> Rounding.round(x, decimals), worker)
        : new LongMap(
            integer(0),
            DataType.I64,
            x -> Rounding.round(x, decimals),
            Failures::overflow,
            text(),
            worker);
  }

  private BoundExpression extreme() {
    List<BoundExpression> inputs = binding.bindAllAs(arguments, type);
    boolean least = function == Function.LEAST;
    return type.isVariable()
        ? new TextExtreme(least, type, inputs, worker)
        : new Extreme(least, type, inputs, worker);
  }

  private BoundExpression comparison(Function comparison) {
    DataType left = typeOf(0);
    DataType right = typeOf(1);
    DataType known = left != null ? left : right;
    if (known != null && known.isVariable()) {
      return TextBinding.bind(call, comparison, DataType.BOOL, binding);
    }
    BoundExpression a = wide(0, right);
    BoundExpression b = wide(1, left);
    boolean floatingA = a.type().isFloating();
    if (floatingA == b.type().isFloating()) {
      return Comparison.of(comparison, a, b, worker);
    }
    return floatingA
        ? new MixedComparison(Comparison.swapped(comparison), b, a, worker)
        : new MixedComparison(comparison, a, b, worker);
  }

  /** Argument {@code index} of a comparison, as it is. */
  private BoundExpression comparand(int index) {
    DataType other = typeOf(1 - index);
    return binding.bind(arguments.get(index), other != null ? other : DataType.BOOL);
  }

  /** Argument {@code index} with 64 bits a value, to be compared with one of type {@code other}. */
  private BoundExpression wide(int index, @Nullable DataType other) {
    BoundExpression bound = comparand(index);
    DataType own = bound.type();
    boolean exactInDouble = own.isNumeric() && own != DataType.I64;
    if (own.isFloating() || exactInDouble && other != null && other.isFloating()) {
      return Widening.toDouble(bound, worker);
    }
    if (own == DataType.DATE && other == DataType.TIMESTAMP_MICROS) {
      return ofTime(Calendar::nearestMicros, other, bound);
    }
    if (own == DataType.TIMESTAMP_MICROS && other == DataType.DATE) {
      // A day beyond all timestamps becomes the last one or the first, which stay free for it.
      // That moves no timestamp past a midnight.
      return ofTime(x -> Math.clamp(x, Long.MIN_VALUE + 1, Long.MAX_VALUE - 1), own, bound);
    }
    return Widening.toLong(bound, worker);
  }

  private BoundExpression part() {
    BoundExpression input = binding.bind(first(), DataType.DATE);
    return ofTime(TimeBinding.part(function, input.type()), DataType.I32, input);
  }

  private BoundExpression offset() {
    CalendarUnit unit = unit(2);
    BoundExpression input = binding.bind(first(), type);
    LongBinaryOperator move = unit::moveMicros;
    if (input.type() == DataType.DATE) {
      move = unit.isFinerThanDay() ? unit::moveFromDay : unit::moveDays;
    }
    return new LongBinaryMap(
        Widening.toLong(input, worker),
        integer(1),
        type,
        move,
        false,
        Failures::outOfTime,
        text(),
        worker);
  }

  private BoundExpression ofTime(
      LongUnaryOperator operator, DataType result, BoundExpression input) {
    return new LongMap(
        Widening.toLong(input, worker), result, operator, Failures::outOfTime, text(), worker);
  }

  private CalendarUnit unit(int index) {
    return arguments.get(index) instanceof Expression.Literal literal
            && literal.value() instanceof String name
        ? CalendarUnit.of(name)
        : CalendarUnit.DAY;
  }

  private String text() {
    return ExpressionText.of(call);
  }

  private Expression first() {
    return arguments.get(0);
  }

  private @Nullable DataType typeOf(int index) {
    return binding.typeOf(arguments.get(index));
  }

  private BoundExpression any(int index) {
    return binding.bind(arguments.get(index), DataType.BOOL);
  }

  private BoundExpression number(int index) {
    return Widening.toDouble(binding.bind(arguments.get(index), DataType.F64), worker);
  }

  private BoundExpression integer(int index) {
    return Widening.toLong(binding.bind(arguments.get(index), DataType.I64), worker);
  }
}
