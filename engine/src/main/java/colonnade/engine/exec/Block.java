package colonnade.engine.exec;

import colonnade.engine.store.Vector;

/**
 * Up to {@link Sizes#BLOCK_ROWS} consecutive rows of a source, or a run of several blocks of it,
 * restricted to the columns a scan asked for. Used by one worker at a time, which closes it when
 * done; its vectors are valid until then.
 */
public interface Block extends AutoCloseable {
  /** The number in the source of the block's first row. */
  long firstRow();

  /** Rows in the block. */
  int rowCount();

  /**
   * A window on rows {@code [firstRow, firstRow + rowCount)}, counted from the block's first row.
   *
   * @param column position among the columns that the scan asked for
   * @param firstRow a multiple of {@link Sizes#BATCH_ROWS}, or of 8 where a test runs smaller
   *     batches
   */
  Vector vector(int column, int firstRow, int rowCount);

  /** Gives the block's memory back to its source; costs nothing for mapped tables. */
  @Override
  default void close() {}
}
