package colonnade.engine.exec.key;

import colonnade.Checks;
import colonnade.DataType;
import colonnade.Field;
import colonnade.FlushPolicy;
import colonnade.OpenOptions;
import colonnade.Schema;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.SnapshotSource;
import colonnade.engine.exec.UnreadablePage;
import colonnade.engine.observe.WriteLedger;
import colonnade.engine.observe.WriteReport;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableLock;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Vector;
import colonnade.engine.store.WriteOptions;
import colonnade.engine.store.key.KeyIndex;
import colonnade.engine.store.key.KeyNotes;
import colonnade.engine.store.key.KeyRows;
import colonnade.engine.store.key.LiveRows;
import colonnade.engine.store.key.Removals;
import colonnade.error.ClosedException;
import colonnade.error.ColonnadeException;
import colonnade.error.ReadOnlyException;
import colonnade.error.StorageException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A keyed table on disk: a log of rows, of which the newest of each key counts unless it is a
 * removal. What is put waits in {@link PendingRows} for a commit, which appends the newest row of
 * each key; when the rows that the index file does not cover have become many, the commit writes a
 * new one. Belongs to whoever opened it, who closes it. Used by one thread at a time; the plans it
 * gives run on any, as long as it is open.
 *
 * <p>Long because snapshot, index, and what waits change together at each commit.
 */
public final class KeyedRows implements AutoCloseable {
  private static final int CHUNK_ROWS = 65_536;

  private final Path path;
  private final WriteOptions options;
  private final OpenOptions reading;
  private final @Nullable TableLock lock;
  private final KeyedLimits limits;
  private final List<Snapshot> shownBefore = new ArrayList<>();
  private Snapshot snapshot;
  private KeyNotes notes;
  private PendingRows pending;
  private boolean isShown;
  private boolean closed;
  private @Nullable KeyIndex index;
  private @Nullable LiveRows live;
  private @Nullable TableWriter writer;
  private @Nullable Throwable failure;

  private KeyedRows(
      Path path,
      WriteOptions options,
      OpenOptions reading,
      @Nullable TableLock lock,
      KeyedLimits limits,
      Snapshot snapshot,
      KeyNotes notes) {
    this.path = path;
    this.options = options;
    this.reading = reading;
    this.lock = lock;
    this.limits = limits;
    this.snapshot = snapshot;
    this.notes = notes;
    this.pending = pendingRows();
  }

  /** Makes an empty keyed table, in the place of a table that was there. */
  public static void create(Path path, Schema schema, String key, WriteOptions options) {
    WriteOptions once = options.withFlushPolicy(FlushPolicy.atClose());
    try (TableWriter writer = TableWriter.create(path, stored(schema), once)) {
      writer.index(key, KeyNotes.keyAttributes(0, 0), null);
      writer.index(KeyNotes.DELETED, KeyNotes.deletedAttributes(), null);
    }
  }

  private static Schema stored(Schema schema) {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.add(new Field(KeyNotes.DELETED, DataType.BOOL));
    return new Schema(fields);
  }

  /**
   * Opens a keyed table, whose columns are read as {@code reading} says.
   *
   * @throws colonnade.error.InvalidQueryException if the table is none
   * @throws colonnade.error.LockedException if it is to be written, and another writer has it
   */
  public static KeyedRows open(
      Path path, boolean writing, WriteOptions options, OpenOptions reading) {
    return open(path, writing, options, reading, KeyedLimits.DEFAULT);
  }

  /** As the other, within other limits. */
  public static KeyedRows open(
      Path path, boolean writing, WriteOptions options, OpenOptions reading, KeyedLimits limits) {
    TableStore.open(path, options.storage()).close();
    TableLock lock = writing ? TableLock.acquire(path, options.storage()) : null;
    Snapshot snapshot = null;
    try {
      snapshot = TableStore.open(path, options.storage(), reading);
      KeyNotes notes = KeyNotes.of(snapshot);
      WriteOptions once = options.withFlushPolicy(FlushPolicy.atClose());
      return new KeyedRows(path, once, reading, lock, limits, snapshot, notes);
    } catch (RuntimeException e) {
      if (snapshot != null) {
        snapshot.close();
      }
      if (lock != null) {
        lock.close();
      }
      throw e;
    }
  }

  private PendingRows pendingRows() {
    return new PendingRows(snapshot.schema(), notes.keyColumn(), notes.deletedColumn(), limits);
  }

  /** The path that it was opened by. */
  public Path path() {
    return path;
  }

  /** The positions in the stored table of the user's columns: all but the mark of removals. */
  public int[] columns() {
    return IntStream.range(0, snapshot.schema().size())
        .filter(c -> c != notes.deletedColumn())
        .toArray();
  }

  /** The stored columns. */
  public Schema storedSchema() {
    return snapshot.schema();
  }

  /** What the last commit to this table by this process wrote; empty before the first. */
  public Optional<WriteReport> lastCommit() {
    checkOpen();
    return WriteLedger.process().last(snapshot.path().toString());
  }

  /** The position in the stored table of the key. */
  public int keyColumn() {
    return notes.keyColumn();
  }

  /** The generation shown. */
  public long generation() {
    checkOpen();
    return snapshot.generation();
  }

  /** The rows of the log, superseded ones and removals too. */
  public long loggedRowCount() {
    checkOpen();
    return snapshot.rowCount();
  }

  /** The rows that count, as committed. */
  public long rowCount() {
    checkUsable();
    return reading(() -> live().liveCount());
  }

  /**
   * Where rows are put: up to {@link PendingRows#room} to each {@link PendingRows#column}, then
   * {@link PendingRows#added}.
   */
  public PendingRows pending() {
    requireWriting();
    return pending;
  }

  /** Whether anything waits for a commit. */
  public boolean hasChanges() {
    return pending.rowCount() > 0;
  }

  /**
   * Removes a key's row.
   *
   * @param key one row with the key
   * @param appender appends it to the column given
   * @return whether there was one
   */
  public boolean remove(KeyRows key, java.util.function.Consumer<ColumnBuilder> appender) {
    requireWriting();
    if (find(key) == null) {
      return false;
    }
    pending.requireRoom();
    appender.accept(pending.column(notes.keyColumn()));
    pending.removed();
    return true;
  }

  /**
   * Where a key's row is.
   *
   * @param columns the stored columns, each as a window that begins with a multiple of 8 rows
   * @param index the row in these windows
   * @param number the row in the log; -1 if it waits for a commit
   */
  public record Found(java.util.function.IntFunction<Vector> columns, int index, long number) {}

  /** The row of a key, put or committed, as long as nothing is changed; null if there is none. */
  public @Nullable Found find(KeyRows key) {
    checkUsable();
    return reading(() -> findIn(key));
  }

  private @Nullable Found findIn(KeyRows key) {
    int waiting = pending.find(key);
    if (waiting >= 0) {
      return pending.removals().test(waiting)
          ? null
          : new Found(c -> pending.vector(c, waiting), pending.index(waiting), -1);
    }
    long row = index().find(key, 0);
    if (row < 0 || removals().test(row)) {
      return null;
    }
    long first = row & ~7L;
    int count = (int) Math.min(8, snapshot.rowCount() - first);
    Snapshot shown = snapshot;
    return new Found(c -> shown.column(c).vector(first, count), (int) (row - first), row);
  }

  /**
   * Reads of what is committed: a page that cannot be read is an error that names, where that can
   * be told, column, block and file.
   */
  public <T extends @Nullable Object> T reading(Supplier<T> action) {
    try {
      return action.get();
    } catch (InternalError e) {
      throw unreadable(e);
    }
  }

  private ColonnadeException unreadable(InternalError e) {
    int[] all = IntStream.range(0, snapshot.schema().size()).toArray();
    return UnreadablePage.of(new SnapshotSource(snapshot), all, 0, snapshot.rowCount(), e);
  }

  private LongPredicate removals() {
    return Removals.of(snapshot, notes);
  }

  private KeyIndex index() {
    KeyIndex known = index;
    if (known == null) {
      known = KeyIndex.open(snapshot, notes);
      index = known;
    }
    return known;
  }

  private LiveRows live() {
    LiveRows known = live;
    if (known == null) {
      known = LiveRows.of(index(), removals());
      live = known;
    }
    return known;
  }

  /** The rows that count, as committed, with the user's columns; valid until this is closed. */
  public Plan plan() {
    checkUsable();
    isShown = true;
    return reading(() -> plan(columns()));
  }

  private Plan plan(int[] columns) {
    return plan(snapshot, columns);
  }

  /** The rows that count, read from {@code rows}, which shows what {@link #snapshot} does. */
  private Plan plan(Snapshot rows, int[] columns) {
    Plan all = Plan.Scan.of(new LiveSource(new SnapshotSource(rows), live()));
    List<Named> named = new ArrayList<>();
    for (int column : columns) {
      String name = snapshot.schema().name(column);
      named.add(new Named(name, new Expression.Column(name)));
    }
    return Plan.Project.of(Plan.Filter.of(all, new Expression.Column(LiveSource.LIVE)), named);
  }

  /**
   * Publishes what was put and removed as one generation; when this returns it survives a power
   * cut. Does nothing without changes.
   *
   * @throws StorageException if the system refuses; the table is as it was, and this of no use
   */
  public void commit() {
    requireWriting();
    if (!hasChanges()) {
      return;
    }
    int[] rows = reading(this::changedRows);
    if (rows.length > 0) {
      guarded(() -> publish(rows));
    }
    pending.clear();
  }

  /** The newest row of each key, but not removals of keys that no committed row has. */
  private int[] changedRows() {
    KeyRows keys = pending.keys();
    int[] rows = pending.newest();
    IntPredicate removals = pending.removals();
    int kept = 0;
    for (int row : rows) {
      if (!removals.test(row) || index().find(keys, row) >= 0) {
        rows[kept++] = row;
      }
    }
    return java.util.Arrays.copyOf(rows, kept);
  }

  private void publish(int[] rows) {
    TableWriter log = writer();
    long total = snapshot.rowCount() + rows.length;
    QueryMemory memory = new QueryMemory(Long.MAX_VALUE);
    try (memory) {
      ColumnBuilder[] chunk = pending.columns(memory.region());
      for (int from = 0; from < rows.length; from += CHUNK_ROWS) {
        int to = Math.min(rows.length, from + CHUNK_ROWS);
        pending.gather(rows, from, to, chunk);
        Vector[] vectors = new Vector[chunk.length];
        for (int c = 0; c < chunk.length; c++) {
          vectors[c] = chunk[c].vector(0);
        }
        log.write(vectors, to - from);
        for (ColumnBuilder column : chunk) {
          column.clear();
        }
      }
      if (total - notes.coveredRows() > Math.max(limits.uncoveredRows(), notes.coveredKeys() / 4)) {
        writeIndex(log, rows, total);
      }
      log.checkpoint();
    }
    moveOn(TableStore.open(path, options.storage(), reading));
  }

  private void writeIndex(TableWriter log, int[] rows, long total) {
    long first = snapshot.rowCount();
    int key = notes.keyColumn();
    KeyRows committed = KeyRows.of(snapshot.column(key));
    KeyRows all = committed.followedBy(pending.keys().chosen(rows), first);
    IntPredicate removed = pending.removals();
    LiveRows counting =
        live().followedBy(total, index(), all, row -> removed.test(rows[(int) (row - first)]));
    try (Arena arena = Arena.ofConfined()) {
      log.index(
          snapshot.schema().name(key),
          KeyNotes.keyAttributes(total, counting.liveCount()),
          counting.index(all, false, arena));
    }
  }

  private TableWriter writer() {
    TableWriter open = writer;
    if (open == null) {
      open = TableWriter.append(requireWriting(), options);
      writer = open;
    }
    return open;
  }

  private void moveOn(Snapshot next) {
    KeyIndex known = index;
    KeyNotes nextNotes;
    index = null;
    live = null;
    try {
      nextNotes = KeyNotes.of(next);
      if (known != null) {
        index = known.movedTo(next, nextNotes);
      }
    } catch (RuntimeException e) {
      if (known != null) {
        known.close();
      }
      next.close();
      throw e;
    }
    if (isShown) {
      shownBefore.add(snapshot);
    } else {
      snapshot.close();
    }
    isShown = false;
    snapshot = next;
    notes = nextNotes;
  }

  /** Forgets what was put and removed since the last commit. */
  public void rollback() {
    requireWriting();
    pending.clear();
  }

  /** Moves on to the newest generation, as another writer may have committed it. */
  public void refresh() {
    checkUsable();
    Snapshot newest = TableStore.open(path, options.storage(), reading);
    if (newest.generation() == snapshot.generation()) {
      newest.close();
    } else {
      guarded(() -> moveOn(newest));
    }
  }

  /**
   * Commits, and then writes the rows that count anew, as a generation without the others; plans
   * made before keep showing theirs.
   *
   * @return the rows of the log that are gone
   */
  public long vacuum() {
    commit();
    long before = snapshot.rowCount();
    long left = reading(() -> live().liveCount());
    if (left < before) {
      guarded(this::rewrite);
    }
    return before - left;
  }

  private void rewrite() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
    LiveRows kept = live();
    int[] all = IntStream.range(0, snapshot.schema().size()).toArray();
    TableWriter anew = TableWriter.replace(requireWriting(), snapshot.schema(), options);
    // With checksums, because the new ones would hide a damage.
    OpenOptions checked = reading.withChecks(Checks.ON_TOUCH);
    try (Arena arena = Arena.ofConfined();
        Snapshot sound = TableStore.open(path, options.storage(), checked)) {
      colonnade.engine.exec.Executor.write(
          plan(sound, all), colonnade.engine.exec.QueryOptions.defaults(), anew);
      boolean indexed = kept.liveCount() > limits.uncoveredRows();
      String key = snapshot.schema().name(notes.keyColumn());
      long covered = indexed ? kept.liveCount() : 0;
      KeyRows keys = KeyRows.of(snapshot.column(notes.keyColumn()));
      anew.index(
          key,
          KeyNotes.keyAttributes(covered, covered),
          indexed ? kept.index(keys, true, arena) : null);
      anew.index(snapshot.schema().name(notes.deletedColumn()), KeyNotes.deletedAttributes(), null);
      anew.checkpoint();
    } catch (Throwable e) {
      try {
        anew.abort();
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    anew.close();
    moveOn(TableStore.open(path, options.storage(), reading));
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (InternalError e) {
      ColonnadeException known = unreadable(e);
      failure = known;
      throw known;
    } catch (Throwable e) {
      failure = e;
      throw e;
    }
  }

  private TableLock requireWriting() {
    checkUsable();
    TableLock held = lock;
    if (held == null) {
      throw new ReadOnlyException(
          path.toString(),
          path + " is open READ_ONLY: changes are not allowed",
          "Open it with Mode.READ_WRITE.");
    }
    return held;
  }

  private void checkUsable() {
    checkOpen();
    if (failure != null) {
      throw new StorageException(
          path.toString(),
          path + " has failed before: " + failure.getMessage(),
          "Close it; the table is as it was at the last commit. Then open it again.",
          failure);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new ClosedException(
          path.toString(), "the keyed table " + path + " is closed", "Open it again.");
    }
  }

  /** Whether {@link #close()} was called. */
  public boolean isClosed() {
    return closed;
  }

  /** Lets memory, mappings and lock go; what was not committed is lost. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    pending.close();
    try {
      if (index != null) {
        index.close();
      }
      if (writer != null) {
        writer.abort();
      }
    } catch (RuntimeException e) {
      if (failure == null) {
        throw e;
      }
      failure.addSuppressed(e);
    } finally {
      snapshot.close();
      shownBefore.forEach(Snapshot::close);
      if (lock != null) {
        lock.close();
      }
    }
  }
}
