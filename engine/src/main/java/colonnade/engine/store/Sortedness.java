package colonnade.engine.store;

/**
 * What is known of the order of a column's rows, or of a block's. A column is in order only if it
 * has no nulls; equal neighbours are in order both ways. The order is the one that sorts use: NaN
 * is the greatest number, -0.0 equals 0.0, false comes before true. Text and binary are never known
 * to be in order.
 */
public enum Sortedness {
  /** Nothing, or that the rows are in no order. */
  UNKNOWN,
  /** No row is less than the one before it. */
  ASCENDING,
  /** No row is greater than the one before it. */
  DESCENDING,
  /** All rows are equal, or there are none. */
  CONSTANT;

  private final String label = name().toLowerCase(java.util.Locale.ROOT);

  /** The order that is known to go up, to go down, or both. */
  public static Sortedness of(boolean ascending, boolean descending) {
    return ascending ? descending ? CONSTANT : ASCENDING : descending ? DESCENDING : UNKNOWN;
  }

  /** The word in manifests and listings. */
  public String label() {
    return label;
  }

  /** Whether no row is less than the one before it. */
  public boolean isAscending() {
    return this == ASCENDING || this == CONSTANT;
  }

  /** Whether no row is greater than the one before it. */
  public boolean isDescending() {
    return this == DESCENDING || this == CONSTANT;
  }

  /** Whether this follows from {@code known}, which may say more. */
  boolean follows(Sortedness known) {
    return (!isAscending() || known.isAscending()) && (!isDescending() || known.isDescending());
  }
}
