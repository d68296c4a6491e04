package colonnade.engine.plan.rewrite;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.Typing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Each {@code normalize} inside a projection or filter becomes a column of a {@link Plan.Normalize}
 * below it, which shows the extra pass it needs. A normalize inside another one becomes a step of
 * its own further below.
 */
public final class SplitNormalize implements Rewrite {
  @Override
  public Plan apply(Plan plan) {
    Plan rebuilt = plan.mapInputs(this::apply);
    return switch (rebuilt) {
      case Plan.Project project
          when project.expressions().stream()
              .anyMatch(e -> Typing.containsNormalize(e.expression())) -> {
        Extraction extraction = new Extraction();
        List<Named> expressions =
            project.expressions().stream()
                .map(named -> new Named(named.name(), extraction.replace(named.expression())))
                .toList();
        yield new Plan.Project(extraction.below(project.input()), expressions, project.schema());
      }
      case Plan.Filter filter when Typing.containsNormalize(filter.predicate()) -> {
        Extraction extraction = new Extraction();
        Expression predicate = extraction.replace(filter.predicate());
        Plan filtered = new Plan.Filter(extraction.below(filter.input()), predicate);
        List<Named> original =
            filter.schema().names().stream()
                .map(n -> new Named(n, new Expression.Column(n)))
                .toList();
        yield new Plan.Project(filtered, original, filter.schema());
      }
      default -> rebuilt;
    };
  }

  /** Collects the normalize expressions of one step. */
  private final class Extraction {
    private final Map<Expression.Normalize, String> names = new LinkedHashMap<>();

    Expression replace(Expression expression) {
      if (expression instanceof Expression.Normalize normalize) {
        String name = names.computeIfAbsent(normalize, n -> "\0normalized" + names.size());
        return new Expression.Column(name);
      }
      return expression.mapChildren(this::replace);
    }

    Plan below(Plan input) {
      List<Plan.Scaled> columns = new ArrayList<>();
      boolean nested = false;
      for (var entry : names.entrySet()) {
        Expression.Normalize n = entry.getKey();
        nested |=
            Typing.containsNormalize(n.input())
                || n.by().stream().anyMatch(Typing::containsNormalize);
        columns.add(new Plan.Scaled(entry.getValue(), n.input(), n.scaling(), n.by()));
      }
      if (!nested) {
        return Plan.Normalize.of(input, columns);
      }
      Extraction inner = new Extraction();
      List<Plan.Scaled> outer =
          columns.stream()
              .map(c ->
                  new Plan.Scaled(
                      c.name() + "o",
                      inner.replace(c.input()),
                      c.scaling(),
                      c.by().stream().map(inner::replace).toList()))
              .toList();
      Plan scaled = Plan.Normalize.of(inner.below(input), outer);
      List<Named> wanted = new ArrayList<>();
      input.schema().names().forEach(n -> wanted.add(new Named(n, new Expression.Column(n))));
      columns.forEach(c -> wanted.add(new Named(c.name(), new Expression.Column(c.name() + "o"))));
      return Plan.Project.of(scaled, wanted);
    }
  }
}
