package colonnade.engine.exec.expr;

import colonnade.engine.exec.RowRange;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Sortedness;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Finds the rows of a block that fulfil a condition by binary search in the columns that are in
 * order in that block: some twenty values are read instead of all. Works on a conjunction of ranges
 * of columns, and whatever else. If a column is not in the order that its statistics state, the
 * rows found are wrong, but lie within the block. An immutable value.
 */
final class OrderedSearch {
  /** Parts of the condition, all of which must be true. */
  private final List<Outcomes> parts = new ArrayList<>();

  OrderedSearch(Outcomes condition) {
    flatten(condition);
  }

  private void flatten(Outcomes condition) {
    if (condition instanceof Outcomes.Both both) {
      both.parts().forEach(this::flatten);
    } else {
      parts.add(condition);
    }
  }

  /** Whether anything can be searched for in a block of these statistics. */
  boolean applies(BlockCondition.Statistics statistics) {
    return parts.stream().anyMatch(part -> order(part, statistics) != Sortedness.UNKNOWN);
  }

  /**
   * The rows of a block.
   *
   * @param columns all rows of the block, by position in the condition's schema
   */
  RowRange on(BlockCondition.Statistics statistics, IntFunction<Vector> columns, int rowCount) {
    int from = 0;
    int to = rowCount;
    boolean allPass = true;
    for (Outcomes part : parts) {
      if (part.on(statistics) == Outcomes.TRUE) {
        continue;
      }
      Sortedness order = order(part, statistics);
      if (order != Sortedness.UNKNOWN && part instanceof Outcomes.InRange in) {
        Vector values = columns.apply(in.column());
        from = first(from, to, begins(values, in.range(), order.isAscending()));
        to = first(from, to, ends(values, in.range(), order.isAscending()));
      } else {
        allPass = false;
      }
    }
    return new RowRange(from, to, allPass);
  }

  /** The order in which {@code part} can be searched for. */
  private static Sortedness order(Outcomes part, BlockCondition.Statistics statistics) {
    if (!(part instanceof Outcomes.InRange in) || in.range().outside()) {
      return Sortedness.UNKNOWN;
    }
    ColumnStatistics known = statistics.apply(in.column());
    return known == null || known.nullCount() > 0 ? Sortedness.UNKNOWN : known.sorted();
  }

  /** Whether the range has begun at a row; once it has, it has at all later rows. */
  private static IntPredicate begins(Vector values, Range range, boolean ascending) {
    return switch (range) {
      case Range.Longs r ->
          ascending ? i -> values.longAt(i) >= r.low() : i -> values.longAt(i) <= r.high();
      // NaN is the greatest: it comes after the range or before it.
      case Range.Doubles r ->
          ascending ? i -> !(values.doubleAt(i) < r.low()) : i -> values.doubleAt(i) <= r.high();
    };
  }

  /** Whether the range has ended at a row; once it has, it has at all later rows. */
  private static IntPredicate ends(Vector values, Range range, boolean ascending) {
    return switch (range) {
      case Range.Longs r ->
          ascending ? i -> values.longAt(i) > r.high() : i -> values.longAt(i) < r.low();
      case Range.Doubles r ->
          ascending ? i -> !(values.doubleAt(i) <= r.high()) : i -> values.doubleAt(i) < r.low();
    };
  }

  /** The first row of {@code [from, to)} from which on {@code reached} holds, or {@code to}. */
  private static int first(int from, int to, IntPredicate reached) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (reached.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
