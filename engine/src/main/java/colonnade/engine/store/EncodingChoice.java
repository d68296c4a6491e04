package colonnade.engine.store;

/** What a writer makes of a column's values. */
public enum EncodingChoice {
  /**
   * What takes fewer bytes, chosen by the data as it comes.
   *
   * <p>Text and binary: a dictionary while it is small against the rows, else plain: at most
   * 1,048,576 entries and 16 MiB of them, and at 65,536 rows and every doubling of that no more
   * than 3 entries for 4 rows.
   *
   * <p>Types of fixed width: {@link Encoding#CONSTANT} as long as every value has the same bits.
   * After that booleans are {@link Encoding#BITS}; integers, dates and timestamps of 2 bytes and
   * more, and {@code f64}, {@link Encoding#NARROW} or {@link Encoding#SCALED} while codes of at
   * most half the width hold every value; all else plain.
   *
   * <p>A column whose next value its encoding cannot hold goes on in wider codes or plain; its rows
   * so far are then written anew.
   */
  AUTO,
  /** The values themselves, in Arrow's layout, as other programs can map them. */
  PLAIN,
  /**
   * For text and binary a dictionary, unless its entries pass two gigabytes; other types as {@link
   * #AUTO}.
   */
  DICTIONARY
}
