package colonnade.engine.store;

/**
 * What is known of a column or of one block of it without reading it. An immutable value.
 *
 * <p>For integers, booleans and temporal types {@code minLong} and {@code maxLong} are the least
 * and the greatest of the values that are present, for floating point {@code minDouble} and {@code
 * maxDouble} of those that are neither null nor NaN, either zero standing for both; the pair that
 * does not apply, or has no value to bound, is empty: minimum above maximum. Text and binary have
 * counts only.
 *
 * @param rowCount rows described
 * @param nullCount nulls among them
 * @param nanCount NaN among them
 */
public record ColumnStatistics(
    long rowCount,
    long nullCount,
    long nanCount,
    long minLong,
    long maxLong,
    double minDouble,
    double maxDouble) {
  /** Statistics of no rows: the start of a merge. */
  public static final ColumnStatistics EMPTY =
      new ColumnStatistics(
          0,
          0,
          0,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  /** Whether {@code minLong} and {@code maxLong} bound anything. */
  public boolean hasLongRange() {
    return minLong <= maxLong;
  }

  /** Whether {@code minDouble} and {@code maxDouble} bound anything. */
  public boolean hasDoubleRange() {
    return minDouble <= maxDouble;
  }

  /** The statistics of these rows and those of {@code other} together. */
  public ColumnStatistics merge(ColumnStatistics other) {
    return new ColumnStatistics(
        rowCount + other.rowCount,
        nullCount + other.nullCount,
        nanCount + other.nanCount,
        Math.min(minLong, other.minLong),
        Math.max(maxLong, other.maxLong),
        Math.min(minDouble, other.minDouble),
        Math.max(maxDouble, other.maxDouble));
  }
}
