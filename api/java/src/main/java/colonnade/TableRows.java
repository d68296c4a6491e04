package colonnade;

import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.store.WriteOptions;

/** Where a {@link Table} has its rows from: memory or disk. Owned by the table. */
sealed interface TableRows extends AutoCloseable permits HeldRows, StoredRows {
  /**
   * The rows as they are committed.
   *
   * @throws colonnade.error.ClosedException after {@link #close()}
   */
  BlockSource source();

  /** The columns as they are committed. */
  Schema schema();

  /** One value. */
  Row.Cell cell(int column, long row);

  /** The number of the generation shown; 0 in memory. */
  long generation();

  /** Moves on to the newest generation. */
  void refresh();

  /** Publishes changes and moves on to them. */
  void commit(Changes changes, QueryOptions options);

  /** Appends rows, and moves on to them when it is closed. */
  Appender appender(WriteOptions writing);

  /** Whether {@link #close()} was called. */
  boolean isClosed();

  @Override
  void close();
}
