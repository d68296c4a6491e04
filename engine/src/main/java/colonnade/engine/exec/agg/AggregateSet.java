package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.plan.AggregateFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of a query and the arguments they share. An immutable value.
 *
 * @param aggregates in the order of the result
 * @param arguments the distinct arguments; one may serve several aggregates
 * @param argumentOf per aggregate the position of its argument, -1 for none
 * @param single whether there are no keys, so that all rows are one group
 */
record AggregateSet(
    List<AggregateColumn> aggregates,
    List<ArgumentColumns> arguments,
    List<Integer> argumentOf,
    boolean single) {
  static AggregateSet of(List<AggregateColumn> aggregates, boolean single) {
    List<ArgumentColumns> arguments = new ArrayList<>();
    List<Integer> argumentOf = new ArrayList<>();
    for (AggregateColumn aggregate : aggregates) {
      ArgumentColumns wanted = wanted(aggregate, single);
      if (wanted == null) {
        argumentOf.add(-1);
        continue;
      }
      int at = 0;
      while (at < arguments.size() && !arguments.get(at).sharesWith(wanted)) {
        at++;
      }
      if (at == arguments.size()) {
        arguments.add(wanted);
      } else {
        arguments.set(at, arguments.get(at).and(wanted));
      }
      argumentOf.add(at);
    }
    return new AggregateSet(
        List.copyOf(aggregates), List.copyOf(arguments), List.copyOf(argumentOf), single);
  }

  /** Whether no aggregate keeps anything per row of a batch: one kernel call takes any number. */
  boolean readsVectorsAlone() {
    return single
        && aggregates.stream()
            .map(AggregateColumn::function)
            .allMatch(function ->
                switch (function) {
                  case COUNT,
                      COUNT_PRESENT,
                      SUM,
                      MEAN,
                      VARIANCE,
                      STANDARD_DEVIATION,
                      VARIANCE_POPULATION,
                      STANDARD_DEVIATION_POPULATION ->
                      true;
                  default -> false;
                });
  }

  /** Whether all arguments are of floating point. */
  boolean readsFloatsAlone() {
    return aggregates.stream()
        .allMatch(aggregate -> aggregate.types().stream().allMatch(DataType::isFloating));
  }

  /** Whether only the number of all rows is wanted, not which they are. */
  boolean countsAlone() {
    return single && arguments.isEmpty();
  }

  /** Whether the values of argument {@code argument} have to be collected. */
  boolean collects(int argument) {
    for (int a = 0; a < aggregates.size(); a++) {
      if (argumentOf.get(a) == argument
          && aggregates.get(a).function() == AggregateFunction.QUANTILE) {
        return true;
      }
    }
    return false;
  }

  /** Whether an aggregate needs the values of a group together. */
  boolean collects() {
    return aggregates.stream()
        .map(AggregateColumn::function)
        .anyMatch(f -> f == AggregateFunction.QUANTILE || f == AggregateFunction.COUNT_DISTINCT);
  }

  private static @Nullable ArgumentColumns wanted(AggregateColumn aggregate, boolean single) {
    if (aggregate.function() == AggregateFunction.COUNT) {
      return null;
    }
    boolean text = aggregate.types().getFirst().isVariable();
    boolean floating = aggregate.types().getFirst().isFloating();
    List<Integer> columns = Objects.requireNonNull(aggregate.columns());
    return switch (aggregate.function()) {
      case COUNT, COUNT_PRESENT -> new ArgumentColumns(columns, false, false, false);
      // Without groups these read the vectors themselves.
      case SUM, MEAN ->
          new ArgumentColumns(columns, false, !floating && !single, floating && !single);
      case VARIANCE, STANDARD_DEVIATION, VARIANCE_POPULATION, STANDARD_DEVIATION_POPULATION ->
          new ArgumentColumns(columns, false, false, !single);
      case LARGEST, COUNT_DISTINCT, APPROXIMATE_COUNT_DISTINCT ->
          new ArgumentColumns(columns, false, !floating && !text, floating);
      case MIN, MAX -> new ArgumentColumns(columns, false, !text, floating);
      case FIRST, LAST -> new ArgumentColumns(columns, true, !text, false);
      case QUANTILE, CORRELATION, MAX_ABSOLUTE -> new ArgumentColumns(columns, false, false, true);
    };
  }
}
