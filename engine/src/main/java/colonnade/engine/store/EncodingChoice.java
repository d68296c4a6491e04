package colonnade.engine.store;

/** What a writer makes of a column of text or binary. Columns of other types are always plain. */
public enum EncodingChoice {
  /**
   * A dictionary while it is small against the rows, else plain: at most 1,048,576 entries and 16
   * MiB of them, and at 65,536 rows and every doubling of that no more than 3 entries for 4 rows. A
   * column may begin with a dictionary and go on plain; its rows so far are then written anew.
   */
  AUTO,
  /** The text itself. */
  PLAIN,
  /** A dictionary, unless its entries pass two gigabytes. */
  DICTIONARY
}
