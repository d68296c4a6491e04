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
 * @param sorted what is known of their order
 */
public record ColumnStatistics(
    long rowCount,
    long nullCount,
    long nanCount,
    long minLong,
    long maxLong,
    double minDouble,
    double maxDouble,
    Sortedness sorted) {
  /** Statistics of no rows: the start of a merge. */
  public static final ColumnStatistics EMPTY =
      new ColumnStatistics(
          0,
          0,
          0,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Sortedness.CONSTANT);

  /** Statistics of rows of whose order nothing is known. */
  public ColumnStatistics(
      long rowCount,
      long nullCount,
      long nanCount,
      long minLong,
      long maxLong,
      double minDouble,
      double maxDouble) {
    this(rowCount, nullCount, nanCount, minLong, maxLong, minDouble, maxDouble, Sortedness.UNKNOWN);
  }

  /** Whether {@code minLong} and {@code maxLong} bound anything. */
  public boolean hasLongRange() {
    return minLong <= maxLong;
  }

  /** Whether {@code minDouble} and {@code maxDouble} bound anything. */
  public boolean hasDoubleRange() {
    return minDouble <= maxDouble;
  }

  /** The same, with this known of the order. */
  public ColumnStatistics withSorted(Sortedness known) {
    return new ColumnStatistics(
        rowCount, nullCount, nanCount, minLong, maxLong, minDouble, maxDouble, known);
  }

  /** The statistics of these rows and, right after them, those of {@code other} together. */
  public ColumnStatistics merge(ColumnStatistics other) {
    return new ColumnStatistics(
        rowCount + other.rowCount,
        nullCount + other.nullCount,
        nanCount + other.nanCount,
        Math.min(minLong, other.minLong),
        Math.max(maxLong, other.maxLong),
        Math.min(minDouble, other.minDouble),
        Math.max(maxDouble, other.maxDouble),
        sortedBefore(other));
  }

  private Sortedness sortedBefore(ColumnStatistics next) {
    if (rowCount == 0 || next.rowCount == 0) {
      return rowCount == 0 ? next.sorted : sorted;
    }
    boolean ascending =
        sorted.isAscending()
            && next.sorted.isAscending()
            && maxLong <= next.minLong
            && maxDouble <= next.minDouble
            && !(nanCount > 0 && next.hasDoubleRange());
    boolean descending =
        sorted.isDescending()
            && next.sorted.isDescending()
            && minLong >= next.maxLong
            && minDouble >= next.maxDouble
            && !(next.nanCount > 0 && hasDoubleRange());
    return Sortedness.of(ascending, descending);
  }

  /**
   * Statistics of the rows before the last ones, those of {@code last}: merged with that or what it
   * grows to they are exact, by themselves their bounds may be too wide.
   */
  ColumnStatistics before(ColumnStatistics last) {
    boolean cutsMax = last.rowCount > 0 && sorted.isAscending();
    boolean cutsMin = last.rowCount > 0 && sorted.isDescending();
    return new ColumnStatistics(
        rowCount - last.rowCount,
        nullCount - last.nullCount,
        nanCount - last.nanCount,
        cutsMin ? Math.max(minLong, last.maxLong) : minLong,
        cutsMax ? Math.min(maxLong, last.minLong) : maxLong,
        cutsMin ? Math.max(minDouble, last.maxDouble) : minDouble,
        cutsMax ? Math.min(maxDouble, last.minDouble) : maxDouble,
        sorted);
  }
}
