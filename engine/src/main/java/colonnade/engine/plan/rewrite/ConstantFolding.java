package colonnade.engine.plan.rewrite;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.expr.ConstantValue;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Typing;
import colonnade.error.ComputationException;
import java.util.ArrayList;
import java.util.List;

/** Simplifies one expression, which keeps its type and its value in every row. */
final class ConstantFolding {
  private ConstantFolding() {}

  /**
   * {@code expression}, over the rows of {@code schema}, without parts that are always the same.
   */
  static Expression fold(Expression expression, Schema schema) {
    if (expression instanceof Expression.Literal || expression instanceof Expression.Column) {
      return expression;
    }
    DataType type = Typing.typeOf(expression, schema);
    Expression folded = expression.mapChildren(part -> fold(part, schema));
    if (type == null) {
      return folded;
    }
    if (isConstant(folded)) {
      try {
        return ConstantValue.of(folded);
      } catch (ComputationException e) {
        return folded;
      }
    }
    Expression simpler =
        switch (folded) {
          case Expression.Alias alias -> alias.input();
          case Expression.Cast cast ->
              Typing.typeOf(cast.input(), schema) == cast.type() ? cast.input() : cast;
          case Expression.Case choice -> choice(choice, type);
          case Expression.Call call -> call(call, type);
          default -> folded;
        };
    return Typing.typeOf(simpler, schema) == type
        ? simpler
        : new Expression.Cast(simpler, type, false);
  }

  private static boolean isConstant(Expression expression) {
    return !(expression instanceof Expression.Column)
        && !(expression instanceof Expression.Aggregate)
        && !(expression instanceof Expression.Normalize)
        && expression.children().stream().allMatch(ConstantFolding::isConstant);
  }

  private static Expression call(Expression.Call call, DataType type) {
    List<Expression> arguments = call.arguments();
    return switch (call.function()) {
      case AND -> decided(call, false);
      case OR -> decided(call, true);
      case XOR ->
          isLiteral(arguments.get(0), false)
              ? arguments.get(1)
              : isLiteral(arguments.get(1), false) ? arguments.get(0) : call;
      case NOT ->
          arguments.get(0) instanceof Expression.Call inner && inner.function() == Function.NOT
              ? inner.arguments().get(0)
              : call;
      case COALESCE -> coalesce(call, type);
      default -> call;
    };
  }

  /** And is decided by false, or by true; the other value leaves what stands beside it. */
  private static Expression decided(Expression.Call call, boolean deciding) {
    Expression left = call.arguments().get(0);
    Expression right = call.arguments().get(1);
    if (isLiteral(left, deciding) || isLiteral(right, !deciding)) {
      return left;
    }
    return isLiteral(right, deciding) || isLiteral(left, !deciding) ? right : call;
  }

  private static boolean isLiteral(Expression expression, boolean value) {
    return expression instanceof Expression.Literal literal
        && literal.value() instanceof Boolean flag
        && flag == value;
  }

  private static Expression coalesce(Expression.Call call, DataType type) {
    List<Expression> kept = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      if (argument instanceof Expression.Literal literal) {
        if (literal.value() != null) {
          kept.add(argument);
          break;
        }
      } else {
        kept.add(argument);
      }
    }
    return switch (kept.size()) {
      case 0 -> new Expression.Literal(type, null);
      case 1 -> kept.get(0);
      default -> new Expression.Call(Function.COALESCE, kept);
    };
  }

  private static Expression choice(Expression.Case choice, DataType type) {
    List<Expression.Branch> kept = new ArrayList<>();
    Expression otherwise = choice.otherwise();
    for (Expression.Branch branch : choice.branches()) {
      if (!(branch.condition() instanceof Expression.Literal literal)) {
        kept.add(branch);
      } else if (Boolean.TRUE.equals(literal.value())) {
        otherwise = branch.value();
        break;
      }
    }
    if (!kept.isEmpty()) {
      return new Expression.Case(kept, otherwise);
    }
    return otherwise == null ? new Expression.Literal(type, null) : otherwise;
  }
}
