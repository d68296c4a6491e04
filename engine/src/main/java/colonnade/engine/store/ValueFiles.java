package colonnade.engine.store;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The files with the values of a column that is being written, in one encoding. Not thread-safe,
 * but for {@link #ahead}.
 */
sealed interface ValueFiles
    permits BitFiles, ConstantFiles, FixedFiles, NumberFiles, TextFiles, CodeFiles {
  /**
   * Appends rows {@code [from, from + rows.count())} of a vector, as long as the encoding can hold
   * them; null rows as zero or empty.
   *
   * @param statistics takes the values, not the counts
   * @return how many of the rows were appended
   */
  int append(Vector vector, int from, RowBits rows, StatisticsFold statistics);

  /**
   * The files to go on with where {@link #append} has left rows out: all rows so far in another
   * encoding. These are of no use afterwards.
   *
   * @param from the first row of {@code vector} that was left out; {@code rows} is about the rows
   *     from there on
   */
  default ValueFiles next(Vector vector, int from, RowBits rows) {
    throw new IllegalStateException("every value can be " + encoding().label());
  }

  /**
   * Writes a whole block where it belongs, while blocks before it may still be on their way; from
   * any thread.
   *
   * @param vector plain, in memory that may be overwritten where rows are null, and no mapping
   * @return what counts the block once all blocks before it are there; it returns false, and does
   *     nothing, if those have changed the encoding since. Null if the block has to wait for its
   *     turn
   */
  default @Nullable BooleanSupplier ahead(
      Vector vector, long firstRow, RowBits rows, StatisticsFold statistics) {
    return null;
  }

  /** The files in the order in which the manifest has them; all bytes in their buffers. */
  List<AppendFile> files();

  /** How the values are laid out. */
  Encoding encoding();
}
