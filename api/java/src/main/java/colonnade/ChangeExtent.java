package colonnade;

import colonnade.engine.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * In how many rows a column is meant to change. An immutable value; nothing is counted before it is
 * asked for.
 *
 * @param all whether in all
 * @param single how often in a single row
 * @param some plans whose results are the rows
 */
record ChangeExtent(boolean all, long single, List<Plan> some) {
  static final ChangeExtent ALL_ROWS = new ChangeExtent(true, 0, List.of());

  static final ChangeExtent ONE_ROW = new ChangeExtent(false, 1, List.of());

  static ChangeExtent of(Plan rows) {
    return new ChangeExtent(false, 0, List.of(rows));
  }

  ChangeExtent and(ChangeExtent other) {
    if (all || other.all) {
      return ALL_ROWS;
    }
    List<Plan> both = new ArrayList<>(some);
    both.addAll(other.some);
    return new ChangeExtent(false, single + other.single, List.copyOf(both));
  }

  /** The rows, at most {@code rowCount}; {@code count} counts those of a plan. */
  long rows(long rowCount, ToLongFunction<Plan> count) {
    if (all) {
      return rowCount;
    }
    return Math.min(rowCount, single + some.stream().mapToLong(count).sum());
  }
}
