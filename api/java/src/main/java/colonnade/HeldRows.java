package colonnade;

import colonnade.engine.exec.Block;
import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.store.WriteOptions;
import colonnade.error.ClosedException;
import java.lang.ref.Cleaner;
import java.util.OptionalLong;

/**
 * Rows in memory that a {@link Table} owns. Freed when closed, or when neither the table nor a
 * frame made from it can be reached any more. Safe for all threads.
 */
final class HeldRows implements TableRows, BlockSource {
  private static final Cleaner CLEANER = Cleaner.create();

  private final MemoryTable rows;
  private final Cleaner.Cleanable memory;
  private volatile boolean closed;

  HeldRows(MemoryTable rows) {
    this.rows = rows;
    this.memory = CLEANER.register(this, rows::close);
  }

  @Override
  public BlockSource source() {
    checkOpen();
    return this;
  }

  @Override
  public Row.Cell cell(int column, long row) {
    checkOpen();
    int block = rows.blockOf(row);
    return new Row.Cell(
        rows.blocks().get(block).vectors()[column], (int) (row - rows.firstRow(block)));
  }

  @Override
  public long generation() {
    return 0;
  }

  @Override
  public void refresh() {
    checkOpen();
  }

  @Override
  public void commit(Changes changes, QueryOptions options) {
    throw new IllegalStateException("a table in memory keeps nothing");
  }

  @Override
  public Appender appender(WriteOptions writing) {
    throw new IllegalStateException("a table in memory keeps nothing");
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public String name() {
    return rows.name();
  }

  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public OptionalLong rowCount() {
    return rows.rowCount();
  }

  @Override
  public long blockCount() {
    checkOpen();
    return rows.blockCount();
  }

  @Override
  public Block block(long index, int[] columns) {
    checkOpen();
    return rows.block(index, columns);
  }

  @Override
  public RuntimeException translate(
      RuntimeException e, int[] columns, long firstRow, long rowCount) {
    return closed && e instanceof IllegalStateException ? closedException(e) : e;
  }

  @Override
  public void close() {
    closed = true;
    memory.clean();
  }

  private void checkOpen() {
    if (closed) {
      throw closedException(null);
    }
  }

  private ClosedException closedException(@org.jspecify.annotations.Nullable Throwable cause) {
    return new ClosedException(
        name(),
        "the table '" + name() + "' in memory is closed",
        "Use it before it is closed, or collect() it again.",
        cause);
  }
}
