package colonnade.engine.exec;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import org.jspecify.annotations.Nullable;

/** Finds the step that made a column of a result, through steps that only hand it on. */
final class Provenance {
  private Provenance() {}

  /** The scaled column that {@code name} of {@code plan} is, unchanged, or null. */
  static Plan.@Nullable Scaled scaled(Plan plan, String name) {
    return switch (plan) {
      case Plan.Project project -> {
        for (Named named : project.expressions()) {
          if (named.name().equals(name) && named.expression() instanceof Expression.Column column) {
            yield scaled(project.input(), column.name());
          }
        }
        yield null;
      }
      case Plan.Normalize normalize -> {
        for (Plan.Scaled column : normalize.columns()) {
          if (column.name().equals(name)) {
            yield column;
          }
        }
        yield scaled(normalize.input(), name);
      }
      case Plan.Filter filter -> scaled(filter.input(), name);
      case Plan.Sort sort -> scaled(sort.input(), name);
      case Plan.Limit limit -> scaled(limit.input(), name);
      case Plan.Distinct distinct -> scaled(distinct.input(), name);
      case Plan.Scan _, Plan.Aggregate _, Plan.Join _ -> null;
    };
  }
}
