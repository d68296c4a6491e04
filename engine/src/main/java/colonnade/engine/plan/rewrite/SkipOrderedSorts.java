package colonnade.engine.plan.rewrite;

import colonnade.engine.exec.KnownOrder;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.SortKey;

/**
 * A sort by one key does nothing where statistics say that its input is in that order. Such a key
 * has no nulls, and rows with equal keys keep their order either way.
 */
public final class SkipOrderedSorts implements Rewrite {
  @Override
  public Plan apply(Plan plan) {
    Plan rebuilt = plan.mapInputs(this::apply);
    return rebuilt instanceof Plan.Sort sort && isInOrder(sort)
        ? new Plan.Sort(sort.input(), sort.keys(), true)
        : rebuilt;
  }

  private static boolean isInOrder(Plan.Sort sort) {
    if (sort.keys().size() != 1) {
      return false;
    }
    SortKey key = sort.keys().getFirst();
    return KnownOrder.is(key.expression(), key.descending(), sort.input());
  }
}
