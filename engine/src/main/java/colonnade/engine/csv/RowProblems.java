package colonnade.engine.csv;

/** Hears of rows that cannot be read. Called by one thread, in no order within a chunk. */
public interface RowProblems {
  /**
   * The quotes of the record that begins in {@code line} are broken.
   *
   * @param after the character that follows a closing quote, if that is how
   */
  void broken(long line, RecordReader.Found how, int after);

  /** There are bytes that are not UTF-8; {@code text} is the row, they are U+FFFD in it. */
  void notText(long line, String text);

  /** There are {@code count} fields, which are not as many as there are columns. */
  void otherCount(long line, int count, String text);

  /** The field {@code field} is no value of its column's type. */
  void otherType(long line, int column, String field, String text);

  /** A field is not of the type that was inferred: the file is not what it was then. */
  void otherFile(long line);
}
