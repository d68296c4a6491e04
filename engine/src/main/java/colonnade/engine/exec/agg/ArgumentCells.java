package colonnade.engine.exec.agg;

import colonnade.engine.plan.AggregateFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * Which columns of a batch the aggregates need when rows are kept for later as cells. An immutable
 * value.
 *
 * @param columns positions in the batch, each once
 * @param floating whether the values of each are floating point
 */
record ArgumentCells(List<Integer> columns, List<Boolean> floating) {
  /** More columns than this have no place in a row's word of null bits. */
  private static final int MOST_COLUMNS = 64;

  /** The columns of all aggregates of {@code set}. */
  static ArgumentCells of(AggregateSet set) {
    List<Integer> columns = new ArrayList<>();
    List<Boolean> floating = new ArrayList<>();
    for (AggregateColumn aggregate : set.aggregates()) {
      for (int i = 0; i < aggregate.columns().size(); i++) {
        if (!columns.contains(aggregate.columns().get(i))) {
          columns.add(aggregate.columns().get(i));
          floating.add(aggregate.types().get(i).isFloating());
        }
      }
    }
    return new ArgumentCells(List.copyOf(columns), List.copyOf(floating));
  }

  /**
   * Whether rows may be kept: text has no cells, and first and last would need the order of rows
   * that were kept and rows that were not.
   */
  static boolean suit(AggregateSet set) {
    int columns = 0;
    for (AggregateColumn aggregate : set.aggregates()) {
      AggregateFunction function = aggregate.function();
      columns += aggregate.columns().size();
      if (function == AggregateFunction.FIRST
          || function == AggregateFunction.LAST
          || aggregate.types().stream().anyMatch(type -> type.isVariable())) {
        return false;
      }
    }
    return columns <= MOST_COLUMNS;
  }

  /** The number of columns. */
  int columnCount() {
    return columns.size();
  }

  /** The position in the batch of column {@code index}. */
  int column(int index) {
    return columns.get(index);
  }

  /** Which column is that at {@code position} in the batch. */
  int indexOf(int position) {
    return columns.indexOf(position);
  }
}
