package colonnade.engine.plan.rewrite;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Conditions taken apart at their {@code and} and put together again, and columns replaced. */
final class Conjunction {
  private Conjunction() {}

  /** The conditions that must all be true, in order. */
  static List<Expression> parts(Expression predicate) {
    List<Expression> parts = new ArrayList<>();
    collect(predicate, parts);
    return parts;
  }

  /** One condition that is true when all of {@code parts} are; there is at least one. */
  static Expression all(List<Expression> parts) {
    Expression result = parts.get(0);
    for (Expression part : parts.subList(1, parts.size())) {
      result = Expression.Call.of(Function.AND, result, part);
    }
    return result;
  }

  /** {@code expression} with columns replaced by what they stand for. */
  static Expression substitute(Expression expression, Map<String, Expression> meanings) {
    if (expression instanceof Expression.Column column) {
      return meanings.getOrDefault(column.name(), column);
    }
    return expression.mapChildren(child -> substitute(child, meanings));
  }

  private static void collect(Expression predicate, List<Expression> parts) {
    if (predicate instanceof Expression.Call call && call.function() == Function.AND) {
      call.arguments().forEach(argument -> collect(argument, parts));
    } else {
      parts.add(predicate);
    }
  }
}
