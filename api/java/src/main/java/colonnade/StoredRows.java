package colonnade;

import colonnade.engine.exec.Executor;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.SnapshotSource;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.Adoption;
import colonnade.engine.store.ColumnNotes;
import colonnade.engine.store.ColumnRewrite;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.PatchVacuum;
import colonnade.engine.store.Republication;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableEdit;
import colonnade.engine.store.TableLock;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Vector;
import colonnade.engine.store.Verification;
import colonnade.engine.store.WriteOptions;
import colonnade.error.InvalidQueryException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table on disk: the generation shown, those shown before, which frames may still
 * read and which are let go when none can, and the write lock if the table is open for writing.
 */
final class StoredRows implements TableRows {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Path path;
  private final @Nullable TableLock lock;
  private final OpenOptions options;
  private final Set<Snapshot> shownBefore = ConcurrentHashMap.newKeySet();
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

  /** One generation, to be read. */
  static StoredRows open(Path path, long generation, OpenOptions options) {
    return new StoredRows(path, null, TableStore.open(path, generation, options), options);
  }

  Path path() {
    return path;
  }

  OpenOptions options() {
    return options;
  }

  String realPath() {
    return shown.snapshot.path().toString();
  }

  long rowCount() {
    return shown.snapshot.rowCount();
  }

  /** What is kept beside a column. */
  ColumnNotes notes(String column) {
    return shown.snapshot.notes(schema().indexOf(column));
  }

  @Override
  public SnapshotSource source() {
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
    if (newest.generation() <= shown.snapshot.generation()) {
      newest.close();
      return;
    }
    Shown before = shown;
    shown = Shown.of(newest);
    letGo(before, shownBefore);
  }

  /** Closes what was shown when no frame can be reached that reads it. */
  private static void letGo(Shown before, Set<Snapshot> shownBefore) {
    Snapshot snapshot = before.snapshot;
    shownBefore.add(snapshot);
    CLEANER.register(
        before.source,
        () -> {
          snapshot.close();
          shownBefore.remove(snapshot);
        });
  }

  synchronized long undo() {
    long back = Republication.undo(writeLock(), WriteOptions.DEFAULT);
    refresh();
    return back;
  }

  synchronized void restore(long generation) {
    Republication.restore(writeLock(), generation, WriteOptions.DEFAULT);
    refresh();
  }

  synchronized Verification adopt() {
    Adoption.Outcome outcome = Adoption.adopt(writeLock(), WriteOptions.DEFAULT);
    refresh();
    return outcome.verification();
  }

  synchronized void keep(Retention retention) {
    Republication.keep(writeLock(), retention, WriteOptions.DEFAULT);
    refresh();
  }

  synchronized long vacuum() {
    long folded = PatchVacuum.fold(writeLock(), WriteOptions.DEFAULT);
    refresh();
    return folded;
  }

  @Override
  public synchronized void commit(Changes changes, QueryOptions options) {
    try (TableEdit edit = TableEdit.open(writeLock(), WriteOptions.DEFAULT)) {
      changes.arrange(edit);
      Set<String> rewritten =
          RowChanges.patch(changes, edit, shown.snapshot, shown.source, options);
      if (!rewritten.isEmpty()) {
        rewrite(changes, rewritten, edit, options);
      }
      edit.commit();
    }
    refresh();
  }

  /** Reads all that is stored with its checksums: the new columns' would hide a damage. */
  private void rewrite(Changes changes, Set<String> names, TableEdit edit, QueryOptions options) {
    OpenOptions checked = this.options.withChecks(Checks.ON_TOUCH);
    try (Snapshot sound = TableStore.open(path, shown.snapshot.generation(), checked)) {
      Plan plan = changes.columns(names, new SnapshotSource(sound));
      rewrite(plan, changes, edit, options);
    }
  }

  private static void rewrite(Plan plan, Changes changes, TableEdit edit, QueryOptions options) {
    List<ColumnRewrite> columns = new ArrayList<>();
    for (Field field : plan.schema()) {
      String name = field.name();
      ColumnRewrite column = changes.isAdded(name) ? edit.add(field) : edit.replace(field);
      column.meantRows(changes.rows(name, edit.rowCount(), rows -> Actions.count(rows, options)));
      columns.add(column);
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
