package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.AggregateSplit;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The row of an aggregate without keys over all rows of a table, where the table's statistics say
 * it: counts, and minima and maxima of columns of fixed width. Nothing is mapped or read.
 * Stateless.
 */
public final class StatisticsRow {
  private StatisticsRow() {}

  /** Whether statistics alone answer {@code aggregate}. */
  public static boolean answers(Plan.Aggregate aggregate) {
    return answers(
        aggregate, AggregateSplit.of(aggregate.aggregates(), aggregate.input().schema()));
  }

  /** As above, where the aggregates are split already. */
  static boolean answers(Plan.Aggregate aggregate, AggregateSplit split) {
    return aggregate.keys().isEmpty()
        && aggregate.input() instanceof Plan.Scan scan
        && scan.source() instanceof BlockSource source
        && split.aggregates().stream().allMatch(each -> isKnown(each, source));
  }

  /** The row, a column per aggregate of {@code split}, if {@link #answers}. */
  static MemoryTable of(QueryContext context, Plan.Aggregate aggregate, AggregateSplit split) {
    Source source = ((Plan.Scan) aggregate.input()).source();
    QueryMemory.Region region = context.memory().region();
    Vector[] row = new Vector[split.aggregates().size()];
    for (int i = 0; i < row.length; i++) {
      ColumnBuilder cell = new ColumnBuilder(split.schema().type(i), region);
      append(split.aggregates().get(i), source, cell);
      row[i] = cell.vector(0);
    }
    return new MemoryTable("groups", split.schema(), List.of(new MemoryTable.Rows(1, row)), region);
  }

  private static boolean isKnown(Expression.Aggregate aggregate, BlockSource source) {
    if (aggregate.function() == AggregateFunction.COUNT) {
      return source.rowCount().isPresent();
    }
    ColumnStatistics known = statistics(aggregate, source);
    if (known == null || known.rowCount() != source.rowCount().orElse(-1)) {
      return false;
    }
    return switch (aggregate.function()) {
      case COUNT_PRESENT -> true;
      case MIN, MAX -> known.nullCount() == known.rowCount() || hasEnds(aggregate, source, known);
      default -> false;
    };
  }

  /** Whether the least and the greatest value are known to the bit. */
  private static boolean hasEnds(
      Expression.Aggregate aggregate, BlockSource source, ColumnStatistics known) {
    DataType type = source.schema().type(column(aggregate, source));
    return type.isFloating()
        // Statistics do not tell -0.0 from 0.0, nor which NaN there are.
        ? known.nanCount() == 0
            && known.hasDoubleRange()
            && known.minDouble() != 0
            && known.maxDouble() != 0
        : type.isIntegral() && known.hasLongRange();
  }

  private static @Nullable ColumnStatistics statistics(
      Expression.Aggregate aggregate, Source source) {
    int column = column(aggregate, source);
    return column < 0 ? null : source.statistics(column);
  }

  private static int column(Expression.Aggregate aggregate, Source source) {
    return aggregate.arguments().size() == 1
            && aggregate.arguments().getFirst() instanceof Expression.Column column
        ? source.schema().indexOf(column.name())
        : -1;
  }

  private static void append(Expression.Aggregate aggregate, Source source, ColumnBuilder cell) {
    ColumnStatistics known = statistics(aggregate, source);
    if (aggregate.function() == AggregateFunction.COUNT || known == null) {
      cell.appendLong(source.rowCount().orElseThrow());
    } else if (aggregate.function() == AggregateFunction.COUNT_PRESENT) {
      cell.appendLong(known.rowCount() - known.nullCount());
    } else if (known.nullCount() == known.rowCount()) {
      cell.appendNulls(1);
    } else {
      boolean greatest = aggregate.function() == AggregateFunction.MAX;
      if (cell.type().isFloating()) {
        cell.appendDouble(greatest ? known.maxDouble() : known.minDouble());
      } else {
        cell.appendLong(greatest ? known.maxLong() : known.minLong());
      }
    }
  }
}
