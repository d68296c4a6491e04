package colonnade;

import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.Executor;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.SnapshotSource;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.ColumnNotes;
import colonnade.engine.store.ColumnRewrite;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableEdit;
import colonnade.engine.store.TableLock;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Vector;
import colonnade.engine.store.WriteOptions;
import colonnade.error.InvalidQueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table on disk: the generation shown, those shown before, which frames may still
 * read, and the write lock if the table is open for writing.
 */
final class StoredRows implements TableRows {
  private final Path path;
  private final @Nullable TableLock lock;
  private final OpenOptions options;
  private final List<Snapshot> shownBefore = new ArrayList<>();
  private volatile Shown shown;
  private boolean appending;

  private record Shown(Snapshot snapshot, SnapshotSource source, TableSchema schema) {
    static Shown of(Snapshot snapshot) {
      return new Shown(snapshot, new SnapshotSource(snapshot), new TableSchema(snapshot));
    }
  }

  private StoredRows(Path path, @Nullable TableLock lock, Snapshot snapshot, OpenOptions options) {
    this.options = options;
    this.path = path;
    this.lock = lock;
    this.shown = Shown.of(snapshot);
  }

  static StoredRows open(Path path, boolean writing, OpenOptions options) {
    Snapshot snapshot = TableStore.open(path, options);
    if (!writing) {
      return new StoredRows(path, null, snapshot, options);
    }
    TableLock lock;
    try {
      lock = TableLock.acquire(path);
    } finally {
      snapshot.close();
    }
    try {
      return new StoredRows(path, lock, TableStore.open(path, options), options);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  OpenOptions options() {
    return options;
  }

  /** What is kept beside a column. */
  ColumnNotes notes(String column) {
    return shown.snapshot.notes(schema().indexOf(column));
  }

  @Override
  public BlockSource source() {
    shown.snapshot.checkOpen();
    return shown.source;
  }

  @Override
  public Schema schema() {
    shown.snapshot.checkOpen();
    return shown.schema;
  }

  @Override
  public Row.Cell cell(int column, long row) {
    Snapshot snapshot = shown.snapshot;
    long aligned = row & ~7L;
    long blockEnd = (row / Sizes.BLOCK_ROWS + 1) * Sizes.BLOCK_ROWS;
    int count = (int) (Math.min(blockEnd, snapshot.rowCount()) - aligned);
    MappedColumn stored = snapshot.column(column);
    // A column that is copied is copied for these few rows only.
    int few = stored.isInPlace() ? count : Math.min(count, 8);
    Vector window = stored.vector(aligned, few);
    int index = (int) (row - aligned);
    stored.touch(window, aligned, index);
    return new Row.Cell(window, index);
  }

  @Override
  public long generation() {
    return shown.snapshot.generation();
  }

  @Override
  public synchronized void refresh() {
    shown.snapshot.checkOpen();
    Snapshot newest = TableStore.open(path, options);
    if (newest.generation() == shown.snapshot.generation()) {
      newest.close();
      return;
    }
    shownBefore.add(shown.snapshot);
    shown = Shown.of(newest);
  }

  @Override
  public synchronized void commit(Changes changes, QueryOptions options) {
    Plan plan = changes.changedColumns();
    try (TableEdit edit = TableEdit.open(writeLock(), WriteOptions.DEFAULT)) {
      List<ColumnRewrite> columns = new ArrayList<>();
      for (Field field : plan.schema()) {
        columns.add(changes.added().contains(field.name()) ? edit.add(field) : edit.replace(field));
      }
      Executor.write(
          plan,
          options,
          (name, notes) -> columns.get(plan.schema().indexOf(name)).remember(notes),
          rows -> {
            for (int c = 0; c < columns.size(); c++) {
              columns.get(c).write(rows.vectors()[c], rows.rowCount());
            }
            return true;
          });
      edit.commit();
    }
    refresh();
  }

  @Override
  public synchronized Appender appender(WriteOptions writing) {
    TableWriter writer = TableWriter.append(writeLock(), writing);
    appending = true;
    return new Appender(writer, writing, this::appended);
  }

  private synchronized void appended() {
    appending = false;
    if (!isClosed()) {
      refresh();
    }
  }

  private TableLock writeLock() {
    shown.snapshot.checkOpen();
    if (appending || lock == null) {
      throw new InvalidQueryException(
          path.toString(),
          path + " is being appended to",
          "Close the appender before the table is changed otherwise.");
    }
    return lock;
  }

  @Override
  public boolean isClosed() {
    return shown.snapshot.isClosed();
  }

  @Override
  public synchronized void close() {
    shown.snapshot.close();
    shownBefore.forEach(Snapshot::close);
    if (lock != null) {
      lock.close();
    }
  }
}
