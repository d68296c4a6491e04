package colonnade.engine.plan;

/**
 * The functions of many rows. Nulls are skipped, except by {@link #COUNT}, {@link #FIRST} and
 * {@link #LAST}; over no values all but the counts give null. Floating-point results are the same
 * bits at any number of threads and any batch size.
 */
public enum AggregateFunction {
  /** Rows, nulls included; no argument. */
  COUNT("count"),
  /** Values that are not null. */
  COUNT_PRESENT("count_present"),
  /** Integers: exact in i64, overflow is an error. Floating point: f64; NaN if a value is. */
  SUM("sum"),
  /** The mean in f64; NaN if a value is. */
  MEAN("mean"),
  /** The least value; NaN only if all are; -0.0 is less than 0.0. */
  MIN("min"),
  /** The greatest value; NaN only if all are; -0.0 is less than 0.0. */
  MAX("max"),
  /** Sample variance (n - 1) in f64; null for fewer than two values. */
  VARIANCE("var"),
  /** Square root of {@link #VARIANCE}. */
  STANDARD_DEVIATION("std"),
  /** Population variance (n) in f64. */
  VARIANCE_POPULATION("var_pop"),
  /** Square root of {@link #VARIANCE_POPULATION}. */
  STANDARD_DEVIATION_POPULATION("std_pop"),
  /**
   * Quantile by linear interpolation between the two nearest values, in f64; NaN counts as the
   * greatest value.
   */
  QUANTILE("quantile"),
  /** The value of the first row, null or not. */
  FIRST("first"),
  /** The value of the last row, null or not. */
  LAST("last"),
  /** Distinct values; NaN is one value, as is zero. */
  COUNT_DISTINCT("count_distinct"),
  /** As {@link #COUNT_DISTINCT}, roughly: a standard error of 1.6 %, in bounded memory. */
  APPROXIMATE_COUNT_DISTINCT("approx_count_distinct"),
  /**
   * The n largest values, one row of the result each, descending; what stands beside it is
   * repeated. NaN is skipped.
   */
  LARGEST("largest"),
  /**
   * Pearson's correlation of the pairs of which neither is null, in f64; null for fewer than two.
   */
  CORRELATION("corr"),
  /** Largest absolute value in f64, NaN skipped; fits max-abs scaling. */
  MAX_ABSOLUTE("max_abs");

  private final String label;

  AggregateFunction(String label) {
    this.label = label;
  }

  /** The name in explain, messages and default column names. */
  public String label() {
    return label;
  }

  /** The number of arguments. */
  public int arity() {
    return switch (this) {
      case COUNT -> 0;
      case CORRELATION -> 2;
      default -> 1;
    };
  }
}
