package colonnade.engine.store;

import java.util.List;

/**
 * The files with the values of a column that is being written, in one encoding. Not thread-safe.
 */
sealed interface ValueFiles permits FixedFiles, NumberFiles, TextFiles, CodeFiles {
  /**
   * Appends rows {@code [from, from + rows.count())} of a vector; null rows as zero or empty.
   *
   * @param statistics takes the values, not the counts
   */
  void append(Vector vector, int from, RowBits rows, StatisticsFold statistics);

  /** The files in the order in which the manifest has them; all bytes in their buffers. */
  List<AppendFile> files();

  /** How the values are laid out. */
  Encoding encoding();
}
