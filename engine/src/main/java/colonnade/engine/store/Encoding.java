package colonnade.engine.store;

/**
 * How a column's values are laid out in its files and vectors. Each encoding keeps random access to
 * any row.
 */
public enum Encoding {
  /** Arrow's layout: the values themselves, or 64-bit offsets beside bytes for text and binary. */
  PLAIN("plain"),
  /** Unsigned codes of 1, 2 or 4 bytes into one dictionary for the whole column. */
  DICTIONARY("dictionary"),
  /** Integers and temporal types as unsigned codes of 1, 2 or 4 bytes above a base. */
  NARROW("narrow"),
  /** {@code f64} as codes as in {@link #NARROW}, divided by a power of ten: exact, bit for bit. */
  SCALED("scaled"),
  /** Fixed width: the same bits in every row that is not null, kept in the manifest alone. */
  CONSTANT("constant"),
  /** Booleans as one bit a row, least significant first. */
  BITS("bits");

  private final String label;

  Encoding(String label) {
    this.label = label;
  }

  /** Whether rows are unsigned codes that stand for numbers. */
  public boolean isNumberCode() {
    return this == NARROW || this == SCALED;
  }

  /** The name in manifests and messages. */
  public String label() {
    return label;
  }
}
