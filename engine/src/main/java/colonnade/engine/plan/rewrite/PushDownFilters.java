package colonnade.engine.plan.rewrite;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.JoinKind;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Conditions move towards the scan, so that rows are dropped before work is done on them: through
 * projections where they use only columns that are handed on, through sorts, through group-by where
 * they use only keys, and into the sides of a join. Never past a limit, a distinct or a normalize,
 * whose results depend on all rows. A condition on a computed column stays above it.
 */
public final class PushDownFilters implements Rewrite {
  @Override
  public Plan apply(Plan plan) {
    if (plan instanceof Plan.Filter filter) {
      return push(Conjunction.parts(filter.predicate()), filter.input());
    }
    return plan.mapInputs(this::apply);
  }

  /** {@code input} with these conditions on its rows. */
  private Plan push(List<Expression> conditions, Plan input) {
    return switch (input) {
      case Plan.Filter filter -> {
        List<Expression> both = new ArrayList<>(Conjunction.parts(filter.predicate()));
        both.addAll(conditions);
        yield push(both, filter.input());
      }
      case Plan.Sort sort -> sort.withInputs(List.of(push(conditions, sort.input())));
      case Plan.Project project -> {
        Map<String, Expression> handedOn = handedOn(project.expressions());
        Split split = Split.of(conditions, handedOn.keySet());
        List<Expression> moved =
            split.moved.stream().map(c -> Conjunction.substitute(c, handedOn)).toList();
        yield above(split.kept, project.withInputs(List.of(below(moved, project.input()))));
      }
      case Plan.Aggregate aggregate -> {
        Map<String, Expression> keys = handedOn(aggregate.keys());
        Split split =
            aggregate.keys().isEmpty()
                ? new Split(List.of(), conditions)
                : Split.of(conditions, keys.keySet());
        List<Expression> moved =
            split.moved.stream().map(c -> Conjunction.substitute(c, keys)).toList();
        yield above(split.kept, aggregate.withInputs(List.of(below(moved, aggregate.input()))));
      }
      case Plan.Join join -> pushIntoJoin(conditions, join);
      case Plan.Scan scan -> above(conditions, scan);
      case Plan.Limit limit -> above(conditions, apply(limit));
      case Plan.Distinct distinct -> above(conditions, apply(distinct));
      case Plan.Normalize normalize -> above(conditions, apply(normalize));
    };
  }

  private Plan pushIntoJoin(List<Expression> conditions, Plan.Join join) {
    Set<String> leftNames = new HashSet<>(join.left().schema().names());
    Map<String, Expression> rightNames = new HashMap<>();
    if (join.kind() == JoinKind.INNER) {
      int at = join.left().schema().size();
      for (String column : join.rightColumns()) {
        rightNames.put(join.schema().name(at++), new Expression.Column(column));
      }
    }
    Split left = Split.of(conditions, leftNames);
    Split right = Split.of(left.kept, rightNames.keySet());
    List<Expression> rightMoved =
        right.moved.stream().map(c -> Conjunction.substitute(c, rightNames)).toList();
    return above(
        right.kept,
        join.withInputs(List.of(below(left.moved, join.left()), below(rightMoved, join.right()))));
  }

  private Plan below(List<Expression> conditions, Plan input) {
    return conditions.isEmpty() ? apply(input) : push(conditions, input);
  }

  private static Plan above(List<Expression> conditions, Plan input) {
    return conditions.isEmpty() ? input : new Plan.Filter(input, Conjunction.all(conditions));
  }

  /** The columns that a step hands on unchanged, by their new names. */
  private static Map<String, Expression> handedOn(List<Named> expressions) {
    Map<String, Expression> columns = new HashMap<>();
    for (Named named : expressions) {
      if (named.expression() instanceof Expression.Column column) {
        columns.put(named.name(), column);
      }
    }
    return columns;
  }

  /** Conditions that use only certain columns, and the others. */
  private record Split(List<Expression> moved, List<Expression> kept) {
    static Split of(List<Expression> conditions, Set<String> columns) {
      List<Expression> moved = new ArrayList<>();
      List<Expression> kept = new ArrayList<>();
      for (Expression condition : conditions) {
        Set<String> used = condition.columns();
        (!used.isEmpty() && columns.containsAll(used) ? moved : kept).add(condition);
      }
      return new Split(moved, kept);
    }
  }
}
