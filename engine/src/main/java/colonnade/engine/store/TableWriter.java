package colonnade.engine.store;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.observe.WriteCount;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.ClosedException;
import colonnade.error.InvalidQueryException;
import colonnade.error.StorageException;
import colonnade.error.TypeMismatchException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows at the end of a table, new or old. Holds the table's lock until it is closed. What
 * was written becomes visible and durable with a commit: at each checkpoint that the flush policy
 * or the caller asks for, and at {@link #close()}. A crash between two commits keeps all up to the
 * last; what came after it belongs to nobody, and the next writer removes it.
 *
 * <p>After an error nothing more can be written: {@link #close()} then discards what was not
 * committed. Used by one thread at a time, but for blocks that were begun. Memory: {@link
 * WriteOptions#bufferBytes()} for buffers, 256 KiB for each thread that writes blocks, and the
 * dictionaries of text columns on the heap.
 */
public final class TableWriter implements AutoCloseable {
  private final WriteSession session;
  private final Schema schema;
  private final List<ColumnWriter> columns;
  private final int nextColumnId;
  private String operation;
  private long rowCount;
  private long committedRowCount;
  private long checkpointNanos;
  private boolean hasUncommitted;
  private boolean closed;
  private volatile @Nullable Throwable failure;

  private TableWriter(
      WriteSession session,
      Schema schema,
      List<ColumnWriter> columns,
      int nextColumnId,
      long rowCount,
      String operation) {
    this.session = session;
    this.schema = schema;
    this.columns = columns;
    this.nextColumnId = nextColumnId;
    this.operation = operation;
    this.rowCount = rowCount;
    this.committedRowCount = rowCount;
    this.checkpointNanos = session.options().nanoClock().getAsLong();
  }

  /**
   * Begins a new table. If there is one in {@code directory} it stays as it is until the first
   * commit, which puts the new one in its place; readers keep what they have open.
   *
   * @throws colonnade.error.TableExistsException if the directory holds files but no table
   * @throws colonnade.error.LockedException if another writer has the table
   * @throws colonnade.error.ReadOnlyException if the directory cannot be written
   */
  public static TableWriter create(Path directory, Schema schema, WriteOptions options) {
    if (schema.size() > TableFormat.MAX_COLUMNS) {
      throw new InvalidQueryException(
          directory.toString(),
          String.format(
              Locale.ROOT,
              "a table has at most %,d columns, not %,d",
              TableFormat.MAX_COLUMNS,
              schema.size()),
          "Split it into several tables.");
    }
    return create(NewTable.lock(directory, options.storage()), true, schema, options);
  }

  /**
   * Begins a table that takes the place of an existing one at its first commit, with a lock that
   * stays the caller's.
   */
  public static TableWriter replace(TableLock lock, Schema schema, WriteOptions options) {
    return create(lock, false, schema, options);
  }

  private static TableWriter create(
      TableLock lock, boolean ownsLock, Schema schema, WriteOptions options) {
    WriteSession session = null;
    try {
      session = WriteSession.open(lock, ownsLock, options, schema.size(), true);
      session.beginNewTable();
      Manifest replaced = session.committed();
      int id = replaced == null ? 0 : replaced.nextColumnId();
      List<ColumnWriter> columns = new ArrayList<>();
      for (int i = 0; i < schema.size(); i++) {
        columns.add(ColumnWriter.create(session, id + i, schema.field(i)));
      }
      TableWriter writer =
          new TableWriter(session, schema, columns, id + schema.size(), 0, "create");
      writer.hasUncommitted = true;
      return writer;
    } catch (RuntimeException e) {
      abandon(session, ownsLock ? lock : null, e);
      throw e;
    }
  }

  /**
   * Goes on at the end of an existing table; cuts what an unfinished append left there.
   *
   * @throws colonnade.error.NotATableException if there is no table
   * @throws colonnade.error.LockedException if another writer has the table
   * @throws colonnade.error.ReadOnlyException if the directory cannot be written
   */
  public static TableWriter append(Path directory, WriteOptions options) {
    TableDirectory table = TableDirectory.of(directory, options.storage());
    // A directory that is no table gets no LOCK file either.
    TableStore.open(table).close();
    return append(TableLock.acquire(table), true, options);
  }

  /** As {@link #append(Path, WriteOptions)}, with a lock that stays the caller's. */
  public static TableWriter append(TableLock lock, WriteOptions options) {
    return append(lock, false, options);
  }

  private static TableWriter append(TableLock lock, boolean ownsLock, WriteOptions options) {
    WriteSession session = null;
    try {
      session = WriteSession.open(lock, ownsLock, options, -1, false);
      Manifest base = session.committed();
      if (base == null) {
        throw lock.table().notATable();
      }
      List<ColumnWriter> columns = new ArrayList<>();
      for (ManifestColumn column : base.columns()) {
        columns.add(ColumnWriter.resume(session, column));
      }
      return new TableWriter(
          session, base.schema(), columns, base.nextColumnId(), base.rowCount(), "append");
    } catch (RuntimeException e) {
      abandon(session, ownsLock ? lock : null, e);
      throw e;
    }
  }

  private static void abandon(
      @Nullable WriteSession session, @Nullable TableLock lock, RuntimeException cause) {
    try {
      if (session != null) {
        session.abort();
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    } finally {
      if (session != null) {
        session.close();
      }
      if (lock != null) {
        lock.close();
      }
    }
  }

  /** The columns. */
  public Schema schema() {
    return schema;
  }

  /** The rows that the table will have: those that were there and those written. */
  public long rowCount() {
    return rowCount;
  }

  /** The rows that the last committed generation has. */
  public long committedRowCount() {
    return committedRowCount;
  }

  /** The number of the last committed generation; 0 if there is none. */
  public long generation() {
    return session.nextGeneration() - 1;
  }

  /**
   * Appends rows; makes a checkpoint if the flush policy asks for one.
   *
   * @param vectors a vector for each column, of its type, in any encoding; read, never kept
   * @param count the first rows of the vectors to append
   * @throws TypeMismatchException if a vector is not of its column's type; nothing was written then
   * @throws StorageException if the system refuses to write; the writer is of no use afterwards
   */
  public void write(Vector[] vectors, int count) {
    checkUsable();
    place(vectors, count, false).run();
    if (isCheckpointDue()) {
      checkpoint();
    }
  }

  /**
   * Gives rows their place behind all others; they are written when the block runs, on any thread.
   * Called by one thread at a time, in the order of the rows. What is fastest is whole blocks: from
   * a {@linkplain TableFormat#BLOCK_ROWS block's} first row to its last. Makes no checkpoint.
   *
   * @param vectors as for {@link #write}, in memory that stays until the block has run, that may be
   *     overwritten where rows are null, and that is no mapping
   */
  public BlockWrite begin(Vector[] vectors, int count) {
    checkNotFailed();
    checkUsable();
    return place(vectors, count, true);
  }

  private BlockWrite place(Vector[] vectors, int count, boolean ahead) {
    if (vectors.length != columns.size()) {
      throw new InvalidQueryException(
          session.table().name(),
          "rows of " + vectors.length + " columns for a table of " + columns.size(),
          "Give one vector for each column.");
    }
    for (int i = 0; i < vectors.length; i++) {
      DataType type = schema.type(i);
      if (vectors[i].type() != type) {
        throw new TypeMismatchException(
            "column '" + schema.name(i) + "' of " + session.table().name(),
            "column '"
                + schema.name(i)
                + "' of "
                + session.table().name()
                + " is "
                + type
                + ", but the values are "
                + vectors[i].type(),
            "Cast them, or choose another column.");
      }
    }
    long firstRow = rowCount;
    rowCount += count;
    hasUncommitted |= count > 0;
    return new BlockWrite(this, columns, vectors, firstRow, count, ahead);
  }

  /** Whether the flush policy asks for a checkpoint now. */
  public boolean isCheckpointDue() {
    long elapsed = session.options().nanoClock().getAsLong() - checkpointNanos;
    return session.options().flushPolicy().isDue(rowCount - committedRowCount, elapsed);
  }

  /**
   * Sets what the next commit remembers of a column beside its values: how they were scaled, for
   * one.
   */
  public void remember(String column, ColumnNotes notes) {
    checkUsable();
    ColumnWriter writer = columns.get(schema.indexOf(column));
    guarded(() -> writer.remember(notes));
    hasUncommitted = true;
  }

  /**
   * Commits what was written: when this returns, it survives a power cut. Waits for blocks that
   * other threads write. Does nothing if nothing was written since the last commit.
   *
   * @throws StorageException if the system refuses; the last generation is untouched then
   */
  public void checkpoint() {
    checkUsable();
    if (hasUncommitted) {
      guarded(this::commit);
    }
    checkpointNanos = session.options().nanoClock().getAsLong();
  }

  /**
   * As {@link #remember}, for a key column: what its attributes say, and the hash table of its keys
   * in a file of its own.
   *
   * @param slots copied when this returns; null leaves the hash table that there is
   */
  public void index(String column, Map<String, String> attributes, @Nullable MemorySegment slots) {
    checkUsable();
    ColumnWriter writer = columns.get(schema.indexOf(column));
    guarded(() -> writer.index(attributes, slots));
    hasUncommitted = true;
  }

  private void commit() {
    List<AppendFile> files = new ArrayList<>();
    for (ColumnWriter column : columns) {
      column.awaitRow(rowCount, this::checkNotFailed);
      column.collect(files);
    }
    session.sync(files);
    session.commit(
        session.next(
            operation,
            rowCount,
            nextColumnId,
            columns.stream().map(ColumnWriter::describe).toList()));
    operation = "append";
    files.forEach(AppendFile::markCommitted);
    committedRowCount = rowCount;
    hasUncommitted = false;
  }

  /** What the next commit counts. */
  WriteCount count() {
    return session.count();
  }

  /** Runs a part of the writing; after its error nothing more can be written. */
  void guarded(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      failure = e;
      throw e;
    }
  }

  /** Says that a block that was begun will never run. */
  public void fail(Throwable reason) {
    failure = reason;
  }

  /** Throws what has failed on another thread. */
  void checkNotFailed() {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  private void checkUsable() {
    String name = session.table().name();
    if (closed) {
      throw new ClosedException(
          name, "the writer of " + name + " is closed", "Open a new one to append more.");
    }
    if (failure != null) {
      throw new StorageException(
          name,
          "the writer of " + name + " has failed before: " + failure.getMessage(),
          "Close it; the table is as it was at the last commit. Then write again.",
          failure);
    }
  }

  /** Discards all that was not committed, and closes. Does nothing on a closed writer. */
  public void abort() {
    if (!closed) {
      closed = true;
      try {
        releaseColumns();
        session.abort();
      } finally {
        session.close();
      }
    }
  }

  /**
   * Commits, and lets the lock go. After a failed write it discards instead, without another error.
   * A second call does nothing.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (failure != null) {
      try {
        abort();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
      return;
    }
    try {
      checkpoint();
    } catch (Throwable e) {
      try {
        abort();
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    closed = true;
    try {
      releaseColumns();
    } finally {
      session.close();
    }
  }

  private void releaseColumns() {
    for (ColumnWriter column : columns) {
      column.release();
    }
  }
}
