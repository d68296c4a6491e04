package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Worker;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Function;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds one call of a function: picks the code for the types at hand. */
final class FunctionBinding {
  private final Binding binding;
  private final Worker worker;
  private final Expression.Call call;
  private final Function function;
  private final List<Expression> arguments;

  FunctionBinding(Binding binding, Expression.Call call) {
    this.binding = binding;
    this.worker = binding.worker;
    this.call = call;
    this.function = call.function();
    this.arguments = call.arguments();
  }

  BoundExpression bind() {
    return switch (function) {
      case ADD, SUBTRACT, MULTIPLY -> arithmetic();
      case DIVIDE -> new DoubleArithmetic(function, number(0), number(1), worker);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison();
      case AND, OR, XOR -> new KleeneExpression(function, condition(0), condition(1), worker);
      case NOT -> new NotExpression(condition(0), worker);
      case IS_NULL -> new NullTest(condition(0), true, worker);
      case IS_NOT_NULL -> new NullTest(condition(0), false, worker);
      default -> throw new IllegalStateException(function.label());
    };
  }

  private BoundExpression arithmetic() {
    DataType type = binding.typeOf(call);
    if (type == DataType.F64) {
      return new DoubleArithmetic(function, number(0), number(1), worker);
    }
    BoundExpression sum =
        new LongArithmetic(
            function,
            integer(0),
            integer(1),
            type == DataType.TIMESTAMP_MICROS ? type : DataType.I64,
            ExpressionText.of(call),
            worker);
    return type == DataType.DATE
        ? Casts.bind(sum, DataType.DATE, false, ExpressionText.of(call), worker)
        : sum;
  }

  private BoundExpression comparison() {
    DataType left = typeOf(0);
    DataType right = typeOf(1);
    return Comparison.of(function, wide(0, left, right), wide(1, right, left), worker);
  }

  /** Argument {@code index} with 64 bits a value, to be compared with one of type {@code other}. */
  private BoundExpression wide(int index, @Nullable DataType own, @Nullable DataType other) {
    DataType type = own != null ? own : other != null ? other : DataType.BOOL;
    BoundExpression bound = binding.bind(arguments.get(index), type);
    boolean exactInDouble = type != DataType.I64 && type.isNumeric();
    if (type.isFloating() || exactInDouble && other != null && other.isFloating()) {
      return Widening.toDouble(bound, worker);
    }
    if (type == DataType.DATE && other == DataType.TIMESTAMP_MICROS) {
      return Casts.bind(bound, other, false, ExpressionText.of(call), worker);
    }
    return Widening.toLong(bound, worker);
  }

  private @Nullable DataType typeOf(int index) {
    return binding.typeOf(arguments.get(index));
  }

  private BoundExpression condition(int index) {
    return binding.bind(arguments.get(index), DataType.BOOL);
  }

  private BoundExpression number(int index) {
    return Widening.toDouble(binding.bind(arguments.get(index), DataType.F64), worker);
  }

  private BoundExpression integer(int index) {
    return Widening.toLong(binding.bind(arguments.get(index), DataType.I64), worker);
  }
}
