package colonnade;

import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import java.util.List;

/**
 * The rows of a frame by the values of some keys, waiting for their aggregates. Immutable; costs
 * nothing. NaN is one value, as is zero; null is a value of its own.
 */
public final class Grouped {
  private final Frame frame;
  private final List<Named> keys;

  Grouped(Frame frame, List<Named> keys) {
    this.frame = frame;
    this.keys = keys;
  }

  /**
   * One row per combination of keys: the keys, then these aggregates, named by {@link Expr#as} or
   * after what they compute ({@code mean_delay}). The order of groups is unspecified, but the same
   * in every run; sort it if it matters.
   */
  public Frame aggregate(Expr... aggregates) {
    List<Named> named = Columns.named(aggregates);
    Columns.requireDistinct(keys, named);
    return new LazyFrame(Plan.Aggregate.of(frame.plan(), keys, named), frame.options());
  }
}
