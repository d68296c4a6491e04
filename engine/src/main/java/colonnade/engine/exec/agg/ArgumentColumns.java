package colonnade.engine.exec.agg;

import java.util.List;

/**
 * The columns that one or more aggregates take their values from, and how they want them.
 *
 * @param columns positions in the batch: one, or two for pairs
 * @param nullsToo whether rows without a value are wanted too
 * @param longs whether values are wanted as longs
 * @param doubles whether values are wanted as doubles
 */
record ArgumentColumns(List<Integer> columns, boolean nullsToo, boolean longs, boolean doubles) {
  ArgumentColumns {
    columns = List.copyOf(columns);
  }

  /** Whether one pass over the columns can serve both. */
  boolean sharesWith(ArgumentColumns other) {
    return columns.equals(other.columns) && nullsToo == other.nullsToo;
  }

  /** What both want. */
  ArgumentColumns and(ArgumentColumns other) {
    return new ArgumentColumns(columns, nullsToo, longs || other.longs, doubles || other.doubles);
  }
}
