package colonnade.parquet;

import colonnade.engine.exec.Block;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;

/**
 * Rows of a row group that are decoded, column by column, when they are first wanted, or on the way
 * to a later block's. Used by one worker at a time, but for {@link #decode}.
 */
final class LazyBlock implements Block {
  private final RowGroupReader group;
  private final int number;
  private final long firstRow;
  private final int rowCount;
  private final Arena arena = Arena.ofShared();
  private final Vector[] vectors;
  private volatile boolean closed;

  /** Block {@code number} of a row group. */
  LazyBlock(RowGroupReader group, int number, long firstRow, int rowCount, int columnCount) {
    this.group = group;
    this.number = number;
    this.firstRow = firstRow;
    this.rowCount = rowCount;
    this.vectors = new Vector[columnCount];
  }

  @Override
  public long firstRow() {
    return firstRow;
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public Vector vector(int column, int first, int count) {
    group.decode(column, number);
    return vectors[column].from(first);
  }

  /**
   * Decodes the rows of a column; called by whoever has its decoder, in the order of the blocks.
   */
  void decode(int column, ColumnDecoder decoder) {
    if (closed) {
      try (Arena unread = Arena.ofConfined()) {
        decode(column, decoder, unread);
        vectors[column] = null;
      }
    } else {
      decode(column, decoder, arena);
    }
  }

  private void decode(int column, ColumnDecoder decoder, Arena memory) {
    decoder.begin(memory, rowCount);
    decoder.read(rowCount);
    vectors[column] = decoder.finish();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      group.awaitDecoders(number);
      arena.close();
    }
  }
}
