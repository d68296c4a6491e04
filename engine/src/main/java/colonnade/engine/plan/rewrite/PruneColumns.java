package colonnade.engine.plan.rewrite;

import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.JoinKind;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.SortKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Columns that nothing above needs are neither computed nor read, so that only files of used
 * columns are ever mapped.
 */
public final class PruneColumns implements Rewrite {
  @Override
  public Plan apply(Plan plan) {
    Set<String> all = new LinkedHashSet<>(plan.schema().names());
    Plan pruned = prune(plan, all);
    return pruned.schema().equals(plan.schema()) ? pruned : only(pruned, all);
  }

  /** {@code plan} with at least the columns {@code needed}, in their old order, and few others. */
  private Plan prune(Plan plan, Set<String> needed) {
    return switch (plan) {
      case Plan.Scan scan -> {
        List<String> columns = scan.columns().stream().filter(needed::contains).toList();
        yield columns.size() == scan.columns().size() ? scan : Plan.Scan.of(scan.source(), columns);
      }
      case Plan.Filter filter -> {
        Set<String> below = with(needed, List.of(filter.predicate()));
        yield new Plan.Filter(prune(filter.input(), below), filter.predicate());
      }
      case Plan.Project project -> {
        List<Named> used =
            project.expressions().stream().filter(e -> needed.contains(e.name())).toList();
        Set<String> below = with(Set.of(), used.stream().map(Named::expression).toList());
        Schema schema =
            new Schema(used.stream().map(e -> project.schema().field(e.name())).toList());
        yield new Plan.Project(prune(project.input(), below), used, schema);
      }
      case Plan.Aggregate aggregate -> {
        List<Expression> used = new ArrayList<>();
        aggregate.keys().forEach(key -> used.add(key.expression()));
        aggregate.aggregates().forEach(a -> used.add(a.expression()));
        yield aggregate.withInputs(List.of(prune(aggregate.input(), with(Set.of(), used))));
      }
      case Plan.Join join -> {
        Set<String> left = with(Set.of(), join.leftKeys());
        join.left().schema().names().stream().filter(needed::contains).forEach(left::add);
        Set<String> right = with(Set.of(), join.rightKeys());
        int at = join.left().schema().size();
        for (String column : join.rightColumns()) {
          String name = join.schema().name(at++);
          if (needed.contains(name)) {
            right.add(column);
            // The suffix is there because of the left column of the same name: keep that, so that
            // names stay.
            if (!name.equals(column)) {
              left.add(column);
            }
          }
        }
        yield Plan.Join.of(
            prune(join.left(), left),
            join.kind() == JoinKind.INNER || join.kind() == JoinKind.LEFT
                ? only(prune(join.right(), right), right)
                : prune(join.right(), right),
            join.leftKeys(),
            join.rightKeys(),
            join.kind(),
            join.nullsEqual(),
            join.suffix());
      }
      case Plan.Sort sort ->
          new Plan.Sort(
              prune(
                  sort.input(),
                  sort.inOrder()
                      ? needed
                      : with(needed, sort.keys().stream().map(SortKey::expression).toList())),
              sort.keys(),
              sort.inOrder());
      case Plan.Limit limit -> limit.withInputs(List.of(prune(limit.input(), needed)));
      case Plan.Distinct distinct -> {
        Set<String> below = new LinkedHashSet<>(needed);
        below.addAll(distinct.columns());
        yield distinct.withInputs(List.of(prune(distinct.input(), below)));
      }
      case Plan.Normalize normalize -> {
        List<Plan.Scaled> used =
            normalize.columns().stream().filter(c -> needed.contains(c.name())).toList();
        Set<String> below = new LinkedHashSet<>(needed);
        for (Plan.Scaled column : used) {
          below.remove(column.name());
          column.input().addColumns(below);
          column.by().forEach(key -> key.addColumns(below));
        }
        Plan input = prune(normalize.input(), below);
        yield used.isEmpty() ? input : Plan.Normalize.of(input, used);
      }
    };
  }

  /**
   * {@code plan} without the columns that are not {@code wanted}, which would clash with names of a
   * join's other side.
   */
  private static Plan only(Plan plan, Set<String> wanted) {
    if (wanted.containsAll(plan.schema().names())) {
      return plan;
    }
    return Plan.Project.of(
        plan,
        plan.schema().names().stream()
            .filter(wanted::contains)
            .map(name -> new Named(name, new Expression.Column(name)))
            .toList());
  }

  private static Set<String> with(Set<String> needed, List<Expression> expressions) {
    Set<String> names = new LinkedHashSet<>(needed);
    expressions.forEach(expression -> expression.addColumns(names));
    return names;
  }
}
