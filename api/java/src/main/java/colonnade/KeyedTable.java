package colonnade;

import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.key.KeyedLimits;
import colonnade.engine.exec.key.KeyedRows;
import colonnade.engine.exec.key.PendingRows;
import colonnade.engine.observe.WriteReport;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.TableStat;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.Vector;
import colonnade.engine.store.Verification;
import colonnade.engine.store.Verifier;
import colonnade.engine.store.WriteOptions;
import colonnade.engine.store.key.KeyNotes;
import colonnade.engine.store.key.KeyRows;
import colonnade.error.InvalidQueryException;
import colonnade.error.TableExistsException;
import colonnade.error.TypeMismatchException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table in which one column is the key, and no two rows have the same: rows are put, got and
 * removed by key, through a hash index in a file. Whoever opened it closes it.
 *
 * <p>What is put or removed waits for {@link #commit()}, which appends to the columns, in memory
 * and beyond an eighth of the machine's memory in temporary files; {@link #get} sees it at once,
 * queries see what is committed. Superseded and removed rows stay in the files until {@link
 * #vacuum()}. A commit is all or nothing, and survives a power cut when it returns, as one of a
 * {@link Table} does; readers keep the generation they have open.
 *
 * <p>A key is an integer, text, a date, a timestamp or bytes; null is refused, and so are columns
 * of floating point, in which equal keys may differ in their bits and NaN equals nothing. The other
 * columns may hold anything.
 *
 * <p>As a {@link Frame} it has every verb over the rows that count, in the order in which they were
 * last put; frames made before a commit keep showing theirs. {@link Table#open} shows the log
 * instead: superseded rows and removals too, the latter with {@code _deleted}.
 *
 * <p>One writer at a time has the table. Safe for all threads, of which one at a time gets in.
 */
public final class KeyedTable implements Frame, AutoCloseable {
  private final KeyedRows rows;
  private final Mode mode;
  private final Schema schema;
  private final int[] columns;
  private final Field key;

  private KeyedTable(KeyedRows rows, Mode mode) {
    this.rows = rows;
    this.mode = mode;
    this.columns = rows.columns();
    Schema stored = rows.storedSchema();
    this.schema = new Schema(Arrays.stream(columns).mapToObj(stored::field).toList());
    this.key = stored.field(rows.keyColumn());
  }

  // Opening and creating.

  /**
   * Makes an empty keyed table, and opens it to be read and written.
   *
   * @param key the name of the key column
   * @throws TableExistsException if something is there already
   * @throws colonnade.error.UnknownColumnException if the schema has no such column
   * @throws TypeMismatchException if a column of its type can be no key
   */
  public static KeyedTable create(Path path, Schema schema, String key) {
    return create(path, schema, key, WriteOptions.DEFAULT);
  }

  /** As {@link #create(Path, Schema, String)}. */
  public static KeyedTable create(String path, Schema schema, String key) {
    return create(Path.of(path), schema, key);
  }

  /** As {@link #create(Path, Schema, String)}, with a choice of encodings. */
  public static KeyedTable create(Path path, Schema schema, String key, WriteOptions writing) {
    DataType type = schema.field(key).type();
    if (!KeyRows.isPossible(type)) {
      throw new TypeMismatchException(
          "column '" + key + "'",
          "column '" + key + "' is " + type + ", which can be no key",
          "Keys are integers, text, dates, timestamps or bytes; cast it to one of these.");
    }
    if (schema.contains(KeyNotes.DELETED)) {
      throw new InvalidQueryException(
          "column '" + KeyNotes.DELETED + "'",
          "a keyed table has a column '" + KeyNotes.DELETED + "' of its own",
          "Choose another name.");
    }
    if (TableStore.exists(path)) {
      throw new TableExistsException(
          path.toString(),
          "there is a table in " + path + " already",
          "Choose another path, or open it with KeyedTable.open.");
    }
    KeyedRows.create(path, schema, key, writing);
    return new KeyedTable(
        KeyedRows.open(path, true, writing, OpenOptions.DEFAULT), Mode.READ_WRITE);
  }

  /** The keyed table in the directory {@code path}, to be read. */
  public static KeyedTable open(Path path) {
    return open(path, Mode.READ_ONLY);
  }

  /** As {@link #open(Path)}. */
  public static KeyedTable open(String path) {
    return open(Path.of(path));
  }

  /**
   * The keyed table in the directory {@code path}, {@link Mode#READ_ONLY} or {@link
   * Mode#READ_WRITE}, which takes the write lock until it is closed.
   *
   * @throws colonnade.error.NotATableException if there is no table
   * @throws InvalidQueryException if it is no keyed one, or for another mode
   * @throws colonnade.error.LockedException if another writer has it
   */
  public static KeyedTable open(Path path, Mode mode) {
    return open(path, mode, OpenOptions.DEFAULT);
  }

  /**
   * As {@link #open(Path, Mode)}; columns are read as {@code options} say. {@link ReadMode#GUARDED}
   * takes a copy of the keys into memory.
   */
  public static KeyedTable open(Path path, Mode mode, OpenOptions options) {
    return switch (mode) {
      case READ_ONLY, READ_WRITE ->
          new KeyedTable(
              KeyedRows.open(path, mode == Mode.READ_WRITE, WriteOptions.DEFAULT, options), mode);
      case CREATE, COPY_ON_WRITE ->
          throw new InvalidQueryException(
              path.toString(),
              "a keyed table cannot be opened " + mode,
              "Use READ_ONLY or READ_WRITE, or make one with KeyedTable.create.");
    };
  }

  /** To be written, within other limits than usual. */
  static KeyedTable open(Path path, KeyedLimits limits) {
    return new KeyedTable(
        KeyedRows.open(path, true, WriteOptions.DEFAULT, OpenOptions.DEFAULT, limits),
        Mode.READ_WRITE);
  }

  /** As {@link #open(Path, Mode)}. */
  public static KeyedTable open(String path, Mode mode) {
    return open(Path.of(path), mode);
  }

  /** As {@link #open(Path, Mode, OpenOptions)}. */
  public static KeyedTable open(String path, Mode mode, OpenOptions options) {
    return open(Path.of(path), mode, options);
  }

  // By key.

  /**
   * Puts a row, a value per column in order, in the place of the one with its key. Values as for
   * {@link Appender#append}.
   *
   * @throws InvalidQueryException if the key is null; nothing is put then
   * @throws TypeMismatchException if a value is of another kind than its column; likewise
   * @throws colonnade.error.ComputationException if a column's type cannot hold its value; likewise
   * @throws colonnade.error.ReadOnlyException if the table was opened to be read
   * @throws colonnade.error.MemoryBudgetException if too many keys have changed since the last
   *     commit; likewise
   * @throws colonnade.error.StorageException if the disk of the temporary files is full
   */
  public synchronized KeyedTable put(@Nullable Object... row) {
    PendingRows pending = rows.pending();
    @Nullable Object[] values = row == null ? new @Nullable Object[] {null} : row;
    requireCount(values.length, "values");
    @Nullable Object[] stored = new @Nullable Object[values.length];
    for (int c = 0; c < values.length; c++) {
      stored[c] = ColumnValues.checked(schema.field(c), values[c]);
      if (stored[c] == null && columns[c] == rows.keyColumn()) {
        throw nullKey();
      }
    }
    pending.room();
    for (int c = 0; c < stored.length; c++) {
      ColumnValues.append(pending.column(columns[c]), stored[c]);
    }
    pending.added(1);
    return this;
  }

  /**
   * Puts many rows: an array per column, in order, all of one length, as for {@link
   * Appender#appendColumns}; of rows with one key the last counts. Arrays of the columns' own types
   * ({@code long[]} for i64, {@code double[]} for f64) make no object per row.
   *
   * @throws InvalidQueryException if a key is null; nothing is put then
   * @throws colonnade.error.MemoryBudgetException if too many keys have changed since the last
   *     commit; what was put before that stays put
   */
  public synchronized KeyedTable putColumns(Object... arrays) {
    PendingRows pending = rows.pending();
    requireCount(arrays.length, "arrays");
    int length = Array.getLength(arrays[0]);
    for (int c = 0; c < arrays.length; c++) {
      if (Array.getLength(arrays[c]) != length) {
        throw new InvalidQueryException(
            "put",
            "arrays of " + length + " and " + Array.getLength(arrays[c]) + " values make no rows",
            "All arrays need the same length.");
      }
      ColumnValues.check(schema.field(c), arrays[c]);
      if (columns[c] == rows.keyColumn() && arrays[c] instanceof Object[] keys) {
        requireKeys(keys);
      }
    }
    for (int from = 0; from < length; ) {
      int to = Math.min(length, from + pending.room());
      for (int c = 0; c < arrays.length; c++) {
        ColumnValues.append(pending.column(columns[c]), schema.field(c), arrays[c], from, to);
      }
      pending.added(to - from);
      from = to;
    }
    return this;
  }

  private void requireKeys(@Nullable Object[] keys) {
    for (Object one : keys) {
      if (one == null) {
        throw nullKey();
      }
    }
  }

  /**
   * Puts the rows of a frame, which has this table's columns by name and type. What was put before
   * an error stays put; {@link #rollback()} forgets it.
   *
   * @throws InvalidQueryException if a key is null
   * @throws TypeMismatchException if the columns differ; nothing is put then
   */
  public synchronized KeyedTable putAll(Frame frame) {
    PendingRows pending = rows.pending();
    Schema given = frame.schema();
    for (Field field : schema) {
      if (given.size() != schema.size() || !given.fields().contains(field)) {
        throw new TypeMismatchException(
            name(),
            name() + " has the columns " + schema.fields() + ", not " + given.fields(),
            "Select, rename or cast the columns before they are put.");
      }
    }
    frame.forEachBatch(batch -> put(batch, pending));
    return this;
  }

  private void put(Batch batch, PendingRows pending) {
    int count = batch.rowCount();
    Vector keys = batch.vector(key.name());
    for (int i = 0; keys.validity() != null && i < count; i++) {
      if (keys.isNull(i)) {
        throw nullKey();
      }
    }
    for (int from = 0; from < count; ) {
      int more = Math.min(count - from, pending.room());
      for (int c = 0; c < columns.length; c++) {
        pending.column(columns[c]).append(batch.vector(schema.name(c)), from, more);
      }
      pending.added(more);
      from += more;
    }
  }

  /**
   * The row with this key, put or committed. A copy, which stays.
   *
   * @param key a value of the key column's kind, as for {@link #put}
   * @throws InvalidQueryException if it is null
   * @throws TypeMismatchException if it is of another kind than the key column
   */
  public synchronized Optional<Row> get(Object key) {
    KeyedRows.Found found = rows.find(probe(stored(key)));
    return found == null ? Optional.empty() : Optional.of(rows.reading(() -> copy(found)));
  }

  private Row copy(KeyedRows.Found found) {
    Vector[] vectors = new Vector[columns.length];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = found.columns().apply(columns[c]);
    }
    return RowCopy.of(schema, vectors, found.index(), found.number());
  }

  /** Whether there is a row with this key, put or committed; errors as {@link #get}. */
  public synchronized boolean contains(Object key) {
    return rows.find(probe(stored(key))) != null;
  }

  /**
   * Removes the row with this key; whether there was one. Errors as {@link #get} and {@link #put}.
   */
  public synchronized boolean remove(Object key) {
    Object stored = stored(key);
    return rows.remove(probe(stored), column -> ColumnValues.append(column, stored));
  }

  private Object stored(@Nullable Object value) {
    Object stored = ColumnValues.checked(key, value);
    if (stored == null) {
      throw nullKey();
    }
    return stored;
  }

  private static KeyRows probe(Object stored) {
    return stored instanceof byte[] bytes ? KeyRows.of(bytes) : KeyRows.of((Long) stored);
  }

  // Commits.

  /** Whether there is something that was not committed. */
  public synchronized boolean hasChanges() {
    return rows.hasChanges();
  }

  /**
   * Publishes what was put and removed as one generation: when this returns it survives a power
   * cut. Cost: the bytes of the newest row of each changed key, and of a new index when the rows
   * since the last one are more than a quarter of its keys.
   *
   * @throws colonnade.error.StorageException if the system refuses; close it then, and the table is
   *     as it was at the last commit
   */
  public synchronized void commit() {
    rows.commit();
  }

  /** Forgets what was put and removed since the last commit. */
  public synchronized void rollback() {
    rows.rollback();
  }

  /**
   * Commits, and then writes the rows that count into a new generation without the others. Frames
   * made before keep showing theirs. Cost: reading and writing the whole table.
   *
   * @return the superseded rows and removals that are gone
   */
  public synchronized long vacuum() {
    return rows.vacuum();
  }

  /** Moves on to the newest generation, as another writer may have committed it. */
  public synchronized void refresh() {
    rows.refresh();
  }

  // What it is.

  @Override
  public synchronized Plan plan() {
    return rows.plan();
  }

  @Override
  public QueryOptions options() {
    return QueryOptions.defaults();
  }

  /** The columns, as they were given to {@link #create}. */
  @Override
  public Schema schema() {
    return schema;
  }

  /** The name of the key column. */
  public String key() {
    return key.name();
  }

  /** The mode that it was opened in. */
  public Mode mode() {
    return mode;
  }

  /** Its path as it was opened. */
  public String name() {
    return rows.path().toString();
  }

  /** The committed rows that count. */
  public synchronized long rowCount() {
    return rows.rowCount();
  }

  @Override
  public long count() {
    return rowCount();
  }

  /** The rows in the files: those that count, superseded ones, and removals. */
  public synchronized long loggedRowCount() {
    return rows.loggedRowCount();
  }

  /** The number of the generation shown. */
  public synchronized long generation() {
    return rows.generation();
  }

  /** What the table takes on disk, as {@link Table#stat()}. */
  public synchronized TableStat stat() {
    rows.generation();
    return TableStat.of(rows.path());
  }

  /** As {@link Table#lastCommit()}; a row takes one byte more, for the mark of removals. */
  public synchronized Optional<WriteReport> lastCommit() {
    return rows.lastCommit();
  }

  /** As {@link Table#verify()}. */
  public synchronized Verification verify() {
    rows.generation();
    return Verifier.verify(rows.path());
  }

  /** Lets memory, mappings and lock go; what was not committed is lost. */
  @Override
  public synchronized void close() {
    rows.close();
  }

  /** What it is, in one line. */
  @Override
  public synchronized String toString() {
    return rows.isClosed()
        ? "KeyedTable, closed"
        : String.format(
            "KeyedTable %s: %,d rows by '%s', %s%s",
            name(), rowCount(), key.name(), mode, hasChanges() ? ", uncommitted changes" : "");
  }

  private void requireCount(int count, String what) {
    if (count != schema.size()) {
      throw new InvalidQueryException(
          "put",
          count + " " + what + " for a table of " + schema.size() + " columns",
          "Give one for each column: " + schema);
    }
  }

  private InvalidQueryException nullKey() {
    return new InvalidQueryException(
        "column '" + key.name() + "' of " + name(),
        "a row without a key cannot be in " + name(),
        "Give '" + key.name() + "' a value.");
  }
}
