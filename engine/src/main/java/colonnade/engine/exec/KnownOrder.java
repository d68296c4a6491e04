package colonnade.engine.exec;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Sortedness;

/**
 * What is known of the order of a plan's rows, found by following columns down to the statistics of
 * their sources through steps that keep the order. Never a guess. Stateless.
 */
public final class KnownOrder {
  private KnownOrder() {}

  /**
   * Whether the rows of {@code plan} are in the order of {@code expression}, which has no nulls.
   */
  public static boolean is(Expression expression, boolean descending, Plan plan) {
    Sortedness known = of(expression, plan);
    return descending ? known.isDescending() : known.isAscending();
  }

  private static Sortedness of(Expression expression, Plan plan) {
    return switch (expression) {
      case Expression.Column column -> ofColumn(plan, column.name());
      case Expression.Alias alias -> of(alias.input(), plan);
      default -> Sortedness.UNKNOWN;
    };
  }

  private static Sortedness ofColumn(Plan plan, String name) {
    return switch (plan) {
      case Plan.Scan scan -> ofColumn(scan.source(), name);
      case Plan.Filter filter -> ofColumn(filter.input(), name);
      case Plan.Limit limit -> ofColumn(limit.input(), name);
      case Plan.Distinct distinct -> ofColumn(distinct.input(), name);
      case Plan.Project project -> {
        for (Named named : project.expressions()) {
          if (named.name().equals(name)) {
            yield of(named.expression(), project.input());
          }
        }
        yield Sortedness.UNKNOWN;
      }
      case Plan.Normalize normalize -> ofColumnOf(normalize.input(), name);
      case Plan.Join join -> ofColumnOf(join.left(), name);
      case Plan.Sort sort -> sort.inOrder() ? ofColumnOf(sort.input(), name) : Sortedness.UNKNOWN;
      case Plan.Aggregate _ -> Sortedness.UNKNOWN;
    };
  }

  private static Sortedness ofColumnOf(Plan plan, String name) {
    return plan.schema().contains(name) ? ofColumn(plan, name) : Sortedness.UNKNOWN;
  }

  private static Sortedness ofColumn(Source source, String name) {
    ColumnStatistics known = source.statistics(source.schema().indexOf(name));
    return known != null && known.rowCount() == source.rowCount().orElse(-1)
        ? known.sorted()
        : Sortedness.UNKNOWN;
  }
}
