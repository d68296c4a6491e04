package colonnade.engine.exec.agg;

import colonnade.DataType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every aggregate in the plainest way, on boxed values: what the engine is compared with. */
final class NaiveAggregates {
  private NaiveAggregates() {}

  /** Keys in columns {@code 0 .. keys - 1}; a result row per group, per value of largest. */
  static List<List<@Nullable Object>> of(
      List<@Nullable Object[]> rows, int keys, List<AggregateColumn> aggregates) {
    Map<List<@Nullable Object>, List<@Nullable Object[]>> groups = new LinkedHashMap<>();
    if (keys == 0) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (@Nullable Object[] row : rows) {
      List<@Nullable Object> key = new ArrayList<>();
      for (int k = 0; k < keys; k++) {
        key.add(row[k] instanceof Double d ? (Object) (d + 0.0) : row[k]);
      }
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
    }
    List<List<@Nullable Object>> results = new ArrayList<>();
    groups.forEach((key, members) -> {
      int most = 1;
      for (AggregateColumn a : aggregates) {
        if (a.function() == colonnade.engine.plan.AggregateFunction.LARGEST) {
          most = Math.max(most, largest(members, a).size());
        }
      }
      for (int ordinal = 0; ordinal < most; ordinal++) {
        List<@Nullable Object> result = new ArrayList<>(key);
        for (AggregateColumn a : aggregates) {
          result.add(one(members, a, ordinal));
        }
        results.add(result);
      }
    });
    return results;
  }

  private static @Nullable Object one(
      List<@Nullable Object[]> rows, AggregateColumn aggregate, int ordinal) {
    if (aggregate.columns().isEmpty()) {
      return (long) rows.size();
    }
    int column = aggregate.columns().getFirst();
    DataType type = aggregate.types().getFirst();
    List<Object> values = rows.stream().map(row -> row[column]).filter(Objects::nonNull).toList();
    double[] doubles =
        type.isNumeric()
            ? values.stream().mapToDouble(NaiveAggregates::number).toArray()
            : new double[0];
    double[] numbers = Arrays.stream(doubles).filter(d -> !Double.isNaN(d)).toArray();
    int n = values.size();
    return switch (aggregate.function()) {
      case COUNT -> (long) rows.size();
      case COUNT_PRESENT -> (long) n;
      case SUM ->
          n == 0
              ? null
              : type.isFloating()
                  ? (Object) Arrays.stream(doubles).sum()
                  : (Object) exact(values).longValueExact();
      case MEAN ->
          n == 0
              ? null
              : type.isFloating()
                  ? Arrays.stream(doubles).sum() / n
                  : exact(values).doubleValue() / n;
      case MIN -> extreme(values, Comparator.naturalOrder());
      case MAX -> extreme(values, Comparator.reverseOrder());
      case VARIANCE -> n < 2 ? null : squares(doubles) / (n - 1);
      case STANDARD_DEVIATION -> n < 2 ? null : Math.sqrt(squares(doubles) / (n - 1));
      case VARIANCE_POPULATION -> n < 1 ? null : squares(doubles) / n;
      case STANDARD_DEVIATION_POPULATION -> n < 1 ? null : Math.sqrt(squares(doubles) / n);
      case QUANTILE -> n == 0 ? null : quantile(doubles, aggregate.parameter());
      case FIRST -> rows.isEmpty() ? null : rows.getFirst()[column];
      case LAST -> rows.isEmpty() ? null : rows.getLast()[column];
      case COUNT_DISTINCT, APPROXIMATE_COUNT_DISTINCT ->
          (long)
              new HashSet<>(
                      values.stream()
                          .map(v -> v instanceof Double d ? (Object) (d + 0.0) : v)
                          .toList())
                  .size();
      case LARGEST -> {
        List<Object> largest = largest(rows, aggregate);
        yield ordinal < largest.size() ? largest.get(ordinal) : null;
      }
      case CORRELATION -> correlation(rows, aggregate);
      case MAX_ABSOLUTE ->
          numbers.length == 0 ? null : Arrays.stream(numbers).map(Math::abs).max().getAsDouble();
    };
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static BigInteger exact(List<Object> values) {
    return values.stream()
        .map(v -> BigInteger.valueOf((Long) v))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static double squares(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
  }

  private static double quantile(double[] values, double fraction) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = (sorted.length - 1) * fraction;
    int below = (int) at;
    double weight = at - below;
    return weight == 0
        ? sorted[below]
        : sorted[below] + weight * (sorted[below + 1] - sorted[below]);
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object extreme(List<Object> values, Comparator<?> order) {
    List<Object> comparable =
        values.stream().filter(v -> !(v instanceof Double d && d.isNaN())).toList();
    if (comparable.isEmpty()) {
      return values.isEmpty() ? null : Double.NaN;
    }
    return comparable.stream().min((Comparator<Object>) order).orElseThrow();
  }

  private static List<Object> largest(List<@Nullable Object[]> rows, AggregateColumn aggregate) {
    int column = aggregate.columns().getFirst();
    @SuppressWarnings("unchecked")
    Comparator<Object> descending = (Comparator<Object>) (Comparator<?>) Comparator.reverseOrder();
    return rows.stream()
        .map(row -> row[column])
        .filter(v -> v != null && !(v instanceof Double d && d.isNaN()))
        .sorted(descending)
        .limit((long) aggregate.parameter())
        .toList();
  }

  private static @Nullable Double correlation(
      List<@Nullable Object[]> rows, AggregateColumn aggregate) {
    int x = aggregate.columns().get(0);
    int y = aggregate.columns().get(1);
    List<@Nullable Object[]> pairs =
        rows.stream().filter(row -> row[x] != null && row[y] != null).toList();
    if (pairs.size() < 2) {
      return null;
    }
    double[] xs =
        pairs.stream().mapToDouble(row -> number(Objects.requireNonNull(row[x]))).toArray();
    double[] ys =
        pairs.stream().mapToDouble(row -> number(Objects.requireNonNull(row[y]))).toArray();
    double meanX = Arrays.stream(xs).sum() / xs.length;
    double meanY = Arrays.stream(ys).sum() / ys.length;
    double products = 0;
    for (int i = 0; i < xs.length; i++) {
      products += (xs[i] - meanX) * (ys[i] - meanY);
    }
    return products / Math.sqrt(squares(xs)) / Math.sqrt(squares(ys));
  }
}
