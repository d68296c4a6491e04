package colonnade.engine.exec;

import colonnade.engine.plan.Plan;

/** How many rows a plan has at most, where its sources say it. Stateless. */
public final class RowCountBound {
  private RowCountBound() {}

  /** A number of rows that {@code plan} does not exceed, or -1 if none is known. */
  public static long of(Plan plan) {
    return switch (plan) {
      case Plan.Scan scan -> scan.source().rowCount().orElse(-1);
      case Plan.Limit limit -> {
        long input = of(limit.input());
        yield input < 0 ? limit.rowCount() : Math.min(input, limit.rowCount());
      }
      case Plan.Join _ -> -1;
      // Without keys no rows are one group, and a group has no more rows of the result than of its.
      case Plan.Aggregate aggregate -> {
        long input = of(aggregate.input());
        yield input < 0 ? -1 : Math.max(1, input);
      }
      default -> of(plan.inputs().getFirst());
    };
  }
}
