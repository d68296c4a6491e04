package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.plan.AggregateFunction;
import java.util.List;

/**
 * One aggregate, bound to the columns of the batches that a sink gets. An immutable value.
 *
 * @param function what is computed
 * @param columns positions in the batch of its arguments
 * @param types the types of its arguments
 * @param parameter as of {@link colonnade.engine.plan.Expression.Aggregate}
 * @param label what messages call it
 */
public record AggregateColumn(
    AggregateFunction function,
    List<Integer> columns,
    List<DataType> types,
    double parameter,
    String label) {
  public AggregateColumn {
    columns = List.copyOf(columns);
    types = List.copyOf(types);
  }

  /** The type of the result, as {@link colonnade.engine.plan.Typing} has it. */
  public DataType resultType() {
    return switch (function) {
      case COUNT, COUNT_PRESENT, COUNT_DISTINCT, APPROXIMATE_COUNT_DISTINCT -> DataType.I64;
      case SUM -> types.get(0).isFloating() ? DataType.F64 : DataType.I64;
      case MIN, MAX, FIRST, LAST, LARGEST -> types.get(0);
      case MEAN,
          VARIANCE,
          STANDARD_DEVIATION,
          VARIANCE_POPULATION,
          STANDARD_DEVIATION_POPULATION,
          QUANTILE,
          CORRELATION,
          MAX_ABSOLUTE ->
          DataType.F64;
    };
  }
}
