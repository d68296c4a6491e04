package colonnade.engine.plan.rewrite;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Plan;

/** Filters that follow each other become one, the inner condition first. */
public final class MergeFilters implements Rewrite {
  @Override
  public Plan apply(Plan plan) {
    Plan rebuilt = plan.mapInputs(this::apply);
    if (rebuilt instanceof Plan.Filter outer && outer.input() instanceof Plan.Filter inner) {
      return new Plan.Filter(
          inner.input(), Expression.Call.of(Function.AND, inner.predicate(), outer.predicate()));
    }
    return rebuilt;
  }
}
