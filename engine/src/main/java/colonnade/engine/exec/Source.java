package colonnade.engine.exec;

import colonnade.Schema;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Dictionary;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows that a query can read, again and again. Safe for all threads. */
public sealed interface Source permits BlockSource, StreamSource {
  /** What messages and explain call it: a table's path, a file. */
  String name();

  /** The columns. */
  Schema schema();

  /** The number of rows, where it is known without reading them. */
  OptionalLong rowCount();

  /**
   * What is known of a column without reading it, or null. Never a guess: the bounds hold for every
   * row.
   */
  default @Nullable ColumnStatistics statistics(int column) {
    return null;
  }

  /**
   * Bytes that a scan reads for a row of a column, on average; of text only what its type tells.
   */
  default double bytesPerRow(int column) {
    return schema().type(column).widthBytes();
  }

  /**
   * The dictionary that every vector of this column uses, or null if the column is plain or uses
   * several.
   */
  default @Nullable Dictionary dictionary(int column) {
    return null;
  }

  /**
   * What {@code e}, thrown while {@code rowCount} rows of these columns from {@code firstRow} on
   * were read, means to a user; {@code e} itself if it says it best.
   */
  default RuntimeException translate(
      RuntimeException e, int[] columns, long firstRow, long rowCount) {
    return e;
  }
}
