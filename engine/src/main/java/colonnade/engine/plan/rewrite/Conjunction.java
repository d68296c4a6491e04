package colonnade.engine.plan.rewrite;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Conditions taken apart at their {@code and} and put together again, and what they refer to. */
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

  /** The names of the columns in {@code expression}, in order of first use. */
  static Set<String> columns(Expression expression) {
    Set<String> names = new LinkedHashSet<>();
    addColumns(expression, names);
    return names;
  }

  static void addColumns(Expression expression, Set<String> names) {
    if (expression instanceof Expression.Column column) {
      names.add(column.name());
    }
    expression.children().forEach(child -> addColumns(child, names));
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
