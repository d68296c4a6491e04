package colonnade.engine.exec;

/**
 * Consecutive rows of a block, outside of which no row fulfils a condition.
 *
 * @param from the first of them
 * @param to one past the last, not below {@code from}
 * @param allPass whether all of them fulfil it
 */
public record RowRange(int from, int to, boolean allPass) {
  /** All rows of a block of {@code rowCount}. */
  public static RowRange of(int rowCount, boolean allPass) {
    return new RowRange(0, rowCount, allPass);
  }

  /** How many rows. */
  int count() {
    return to - from;
  }
}
