package colonnade.engine.exec;

import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * Where a column of a result comes from: the step that made it, through all that only hand it on.
 *
 * @param step the step
 * @param name what the step calls the column
 */
record Provenance(Plan step, String name) {
  /** The provenance of the column {@code name} of {@code plan}. */
  static Provenance of(Plan plan, String name) {
    return switch (plan) {
      case Plan.Project project -> {
        for (Named named : project.expressions()) {
          if (named.name().equals(name) && named.expression() instanceof Expression.Column column) {
            yield of(project.input(), column.name());
          }
        }
        yield new Provenance(plan, name);
      }
      case Plan.Normalize normalize -> {
        Provenance own = new Provenance(plan, name);
        yield own.scaled() == null ? of(normalize.input(), name) : own;
      }
      case Plan.Filter filter -> of(filter.input(), name);
      case Plan.Sort sort -> of(sort.input(), name);
      case Plan.Limit limit -> of(limit.input(), name);
      case Plan.Distinct distinct -> of(distinct.input(), name);
      case Plan.Scan _, Plan.Aggregate _, Plan.Join _ -> new Provenance(plan, name);
    };
  }

  /** The scaled column that this is, or null. */
  Plan.@Nullable Scaled scaled() {
    if (step instanceof Plan.Normalize normalize) {
      for (Plan.Scaled column : normalize.columns()) {
        if (column.name().equals(name)) {
          return column;
        }
      }
    }
    return null;
  }

  /**
   * The column of {@code result} that holds {@code key}, which was computed from the rows that the
   * step got, or null if none does.
   */
  @Nullable String nameOf(Expression key, Plan result, Schema schema) {
    if (key instanceof Expression.Column column && step instanceof Plan.Normalize normalize) {
      Provenance wanted = of(normalize.input(), column.name());
      for (String candidate : schema.names()) {
        Provenance found = of(result, candidate);
        if (found.step == wanted.step && found.name.equals(wanted.name)) {
          return candidate;
        }
      }
    }
    return null;
  }
}
