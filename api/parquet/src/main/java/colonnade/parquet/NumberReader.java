package colonnade.parquet;

/**
 * The values of one page as longs: integers extended by their sign, booleans as 0 and 1, floating
 * point as its bits (single precision in the low half). Nulls are not among them.
 */
interface NumberReader {
  /** The next {@code count} values. */
  void read(long[] into, int count);
}
