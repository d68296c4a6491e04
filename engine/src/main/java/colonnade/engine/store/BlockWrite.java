package colonnade.engine.store;

import colonnade.engine.store.format.TableFormat;
import java.util.List;

/**
 * Rows that have their place in a table and are to be written there. Blocks are begun in order and
 * may run side by side: values of fixed width, plain or as codes that hold them, are checked,
 * summed and written wherever their place is; all else waits for its turn, column by column, so
 * that one block's texts are written while the next block's numbers are. The earliest block that
 * has not ended never waits.
 *
 * <p>Each block that was begun must run, once; its vectors stay valid until then. If one fails, its
 * writer has failed, and blocks that wait for it fail with the same error.
 */
public final class BlockWrite {
  private final TableWriter writer;
  private final List<ColumnWriter> columns;
  private final Vector[] vectors;
  private final long firstRow;
  private final int count;
  private final boolean ahead;

  BlockWrite(
      TableWriter writer,
      List<ColumnWriter> columns,
      Vector[] vectors,
      long firstRow,
      int count,
      boolean ahead) {
    this.writer = writer;
    this.columns = columns;
    this.vectors = vectors;
    this.firstRow = firstRow;
    this.count = count;
    this.ahead = ahead && count == TableFormat.BLOCK_ROWS && firstRow % count == 0;
  }

  /**
   * Writes the rows.
   *
   * @throws colonnade.error.StorageException if the system refuses; the writer is of no use
   *     afterwards
   */
  public void run() {
    writer.guarded(() -> {
      RowBits rows = new RowBits(TableFormat.BLOCK_ROWS);
      BlockAhead[] done = new BlockAhead[vectors.length];
      for (int i = 0; ahead && i < done.length; i++) {
        done[i] = columns.get(i).ahead(vectors[i], firstRow, rows);
      }
      for (int i = 0; i < done.length; i++) {
        ColumnWriter column = columns.get(i);
        column.awaitRow(firstRow, writer::checkNotFailed);
        if (done[i] == null || !column.follow(done[i], vectors[i], rows)) {
          column.append(vectors[i], count, rows);
        }
        column.reached(firstRow + count);
      }
      writer.count().meant(ValueBytes.of(vectors, count));
    });
  }
}
