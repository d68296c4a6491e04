package colonnade.engine.plan.rewrite;

import colonnade.engine.plan.Plan;
import java.util.List;

/** A change of a plan that keeps its result: the same rows, columns and order. Stateless. */
@FunctionalInterface
public interface Rewrite {
  /** The plan to run instead of {@code plan}. */
  Plan apply(Plan plan);

  /** All rewrites, in the order in which they are applied. */
  List<Rewrite> ALL =
      List.of(
          new SplitNormalize(),
          new FoldConstants(),
          new TakeOutDependentKeys(),
          new ShareShiftedSums(),
          new MergeFilters(),
          new PushDownFilters(),
          new MergeFilters(),
          new SkipOrderedSorts(),
          new PruneColumns());

  /** {@code plan} after {@link #ALL}. */
  static Plan all(Plan plan) {
    Plan result = plan;
    for (Rewrite rewrite : ALL) {
      result = rewrite.apply(result);
    }
    return result;
  }
}
