package colonnade.engine.plan;

import static colonnade.engine.plan.AggregateFunction.MAX;
import static colonnade.engine.plan.AggregateFunction.MAX_ABSOLUTE;
import static colonnade.engine.plan.AggregateFunction.MEAN;
import static colonnade.engine.plan.AggregateFunction.MIN;
import static colonnade.engine.plan.AggregateFunction.QUANTILE;
import static colonnade.engine.plan.AggregateFunction.STANDARD_DEVIATION_POPULATION;

import java.util.List;

/**
 * A way to scale values: {@code (x - offset) / scale}, where both are fitted over the values that
 * are neither null nor NaN… as the aggregates that make them say. A scale of zero (all values
 * equal) counts as 1, so the result is 0. The inverse is {@code y * scale + offset}. An immutable
 * value.
 *
 * @param kind which parameters are fitted
 * @param low for {@link Kind#MIN_MAX} the value that the minimum becomes
 * @param high for {@link Kind#MIN_MAX} the value that the maximum becomes
 */
public record Scaling(Kind kind, double low, double high) {
  /** What is fitted. */
  public enum Kind {
    /** Offset mean, scale population standard deviation: mean 0, deviation 1. */
    Z_SCORE("z_score"),
    /** Minimum becomes low, maximum high. */
    MIN_MAX("min_max"),
    /** Offset median, scale interquartile range. */
    ROBUST("robust"),
    /** Offset 0, scale the largest absolute value. */
    MAX_ABS("max_abs");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The name in explain and manifests. */
    public String label() {
      return label;
    }
  }

  /** The scaling of this kind, to [0, 1] for {@link Kind#MIN_MAX}. */
  public static Scaling of(Kind kind) {
    return new Scaling(kind, 0, 1);
  }

  /** The aggregates of {@code input} that {@link #offset} and {@link #scale} need, in order. */
  public List<Expression.Aggregate> statistics(Expression input) {
    List<Expression> argument = List.of(input);
    return switch (kind) {
      case Z_SCORE ->
          List.of(
              new Expression.Aggregate(MEAN, argument, 0),
              new Expression.Aggregate(STANDARD_DEVIATION_POPULATION, argument, 0));
      case MIN_MAX ->
          List.of(
              new Expression.Aggregate(MIN, argument, 0),
              new Expression.Aggregate(MAX, argument, 0));
      case ROBUST ->
          List.of(
              new Expression.Aggregate(QUANTILE, argument, 0.25),
              new Expression.Aggregate(QUANTILE, argument, 0.5),
              new Expression.Aggregate(QUANTILE, argument, 0.75));
      case MAX_ABS -> List.of(new Expression.Aggregate(MAX_ABSOLUTE, argument, 0));
    };
  }

  /** What is subtracted, given the values of {@link #statistics}. */
  public double offset(double[] statistics) {
    return switch (kind) {
      case Z_SCORE -> statistics[0];
      case MIN_MAX -> statistics[0] - low * scale(statistics);
      case ROBUST -> statistics[1];
      case MAX_ABS -> 0;
    };
  }

  /** What is divided by, given the values of {@link #statistics}; never zero. */
  public double scale(double[] statistics) {
    double scale =
        switch (kind) {
          case Z_SCORE -> statistics[1];
          case MIN_MAX -> (statistics[1] - statistics[0]) / (high - low);
          case ROBUST -> statistics[2] - statistics[0];
          case MAX_ABS -> statistics[0];
        };
    return scale == 0 ? 1 : scale;
  }
}
