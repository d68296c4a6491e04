package colonnade;

import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.FittedScaling;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.ColumnNotes;
import colonnade.engine.store.TableStat;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Verification;
import colonnade.engine.store.Verifier;
import colonnade.engine.store.WriteOptions;
import colonnade.error.InvalidQueryException;
import colonnade.error.ReadOnlyException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A directory of mapped columns, or the same in memory; with every verb of a {@link Frame}, and its
 * own for reading single rows and for changing values. Whoever opened or collected it closes it;
 * after that every use is a {@link colonnade.error.ClosedException}, also of frames made from it.
 *
 * <p>Opening maps nothing and takes milliseconds at any size; columns are mapped when first used. A
 * table shows the generation that was the newest when it was opened, whatever writers do meanwhile;
 * {@link #refresh()} moves on. Safe for all threads that read; changes are for one thread at a
 * time.
 *
 * <p>What each {@link Mode} allows:
 *
 * <table>
 * <caption>Modes</caption>
 * <tr><th>mode</th><th>creates</th><th>reads</th><th>writes</th><th>keeps</th></tr>
 * <tr><td>READ_ONLY</td><td>no</td><td>yes</td><td>no</td><td>no</td></tr>
 * <tr><td>READ_WRITE</td><td>no</td><td>yes</td><td>yes</td><td>at commit</td></tr>
 * <tr><td>CREATE</td><td>yes, replacing</td><td>yes</td><td>yes</td><td>at commit</td></tr>
 * <tr><td>COPY_ON_WRITE</td><td>no</td><td>yes</td><td>yes</td><td>no</td></tr>
 * </table>
 *
 * A table in memory is COPY_ON_WRITE.
 *
 * <p>Long because it is a list: each verb of a table is a method with its contract and a call.
 */
public final class Table extends TableHistory implements Frame, AutoCloseable {
  private final TableRows rows;
  private final Mode mode;
  private final QueryOptions options = QueryOptions.defaults();
  private volatile @Nullable Changes changes;

  private Table(TableRows rows, Mode mode) {
    this.rows = rows;
    this.mode = mode;
  }

  // Opening and creating.

  /** The table in the directory {@code path}, to be read. */
  public static Table open(Path path) {
    return open(path, Mode.READ_ONLY);
  }

  /** As {@link #open(Path)}. */
  public static Table open(String path) {
    return open(Path.of(path));
  }

  /**
   * The table in the directory {@code path}. {@link Mode#READ_WRITE} takes the write lock until the
   * table is closed.
   *
   * @throws colonnade.error.NotATableException if there is none
   * @throws colonnade.error.LockedException if another writer has it
   * @throws InvalidQueryException for {@link Mode#CREATE}, which needs a schema
   */
  public static Table open(Path path, Mode mode) {
    return open(path, mode, OpenOptions.DEFAULT);
  }

  /** As {@link #open(Path, Mode)}; columns are read as {@code options} say. */
  public static Table open(Path path, Mode mode, OpenOptions options) {
    if (mode == Mode.CREATE) {
      throw new InvalidQueryException(
          path.toString(),
          "a table to be created needs a schema",
          "Use Table.open(path, Mode.CREATE, schema), Table.create(path, schema), or"
              + " frame.writeTo(path).");
    }
    return new Table(StoredRows.open(path, mode == Mode.READ_WRITE, options), mode);
  }

  /** As {@link #open(Path, Mode, OpenOptions)}. */
  public static Table open(String path, Mode mode, OpenOptions options) {
    return open(Path.of(path), mode, options);
  }

  /** As {@link #open(Path, Mode)}. */
  public static Table open(String path, Mode mode) {
    return open(Path.of(path), mode);
  }

  /**
   * As {@link #open(Path, Mode)}; {@link Mode#CREATE} makes a table of this schema without rows, in
   * the place of one that was there, and the other modes need a table of this schema.
   *
   * @throws colonnade.error.TypeMismatchException if the table has other columns
   */
  public static Table open(Path path, Mode mode, Schema schema) {
    if (mode == Mode.CREATE) {
      create(path, schema, mode, WriteOptions.DEFAULT).close();
      return new Table(StoredRows.open(path, true, OpenOptions.DEFAULT), mode);
    }
    Table table = open(path, mode);
    if (!table.schema().equals(schema)) {
      String actual = table.schema().fields().toString();
      table.close();
      throw new colonnade.error.TypeMismatchException(
          path.toString(),
          path + " has the columns " + actual + ", not " + schema.fields(),
          "Open it without a schema, or cast its columns.");
    }
    return table;
  }

  /** As {@link #open(Path, Mode, Schema)}. */
  public static Table open(String path, Mode mode, Schema schema) {
    return open(Path.of(path), mode, schema);
  }

  /**
   * Begins a new table, to be filled row by row; it is there from its first checkpoint on, at the
   * latest when the appender is closed.
   *
   * @throws colonnade.error.TableExistsException if something is there already
   */
  public static Appender create(Path path, Schema schema) {
    return create(path, schema, FlushPolicy.atClose());
  }

  /** As {@link #create(Path, Schema)}. */
  public static Appender create(String path, Schema schema) {
    return create(Path.of(path), schema);
  }

  /** As {@link #create(Path, Schema)}, with a checkpoint whenever {@code policy} asks for one. */
  public static Appender create(Path path, Schema schema, FlushPolicy policy) {
    return create(path, schema, Mode.READ_WRITE, WriteOptions.DEFAULT.withFlushPolicy(policy));
  }

  /** As {@link #create(Path, Schema, FlushPolicy)}. */
  public static Appender create(String path, Schema schema, FlushPolicy policy) {
    return create(Path.of(path), schema, policy);
  }

  /**
   * As {@link #create(Path, Schema)}; {@link Mode#CREATE} replaces a table that is there, at the
   * first checkpoint.
   */
  public static Appender create(Path path, Schema schema, Mode mode, WriteOptions writing) {
    return new Appender(Actions.create(path, schema, mode, writing), writing, () -> {});
  }

  /** Goes on at the end of an existing table, with a commit when the appender is closed. */
  public static Appender append(Path path) {
    return append(path, FlushPolicy.atClose());
  }

  /** As {@link #append(Path)}. */
  public static Appender append(String path) {
    return append(Path.of(path));
  }

  /** As {@link #append(Path)}, with a checkpoint whenever {@code policy} asks for one. */
  public static Appender append(Path path, FlushPolicy policy) {
    WriteOptions writing = WriteOptions.DEFAULT.withFlushPolicy(policy);
    return new Appender(TableWriter.append(path, writing), writing, () -> {});
  }

  /**
   * A table in memory of alternating names and Java arrays of one length: {@code Table.of("x", new
   * double[] {1, 2}, "name", new String[] {"a", null})}. Arrays of primitives or of their boxes,
   * {@code String}, {@code LocalDate}, {@code LocalDateTime}, {@code Instant} or {@code byte[]};
   * the values are copied.
   */
  public static Table of(Object... namesAndArrays) {
    return inMemory(MemoryColumns.of(namesAndArrays));
  }

  static Table reading(StoredRows rows) {
    return new Table(rows, Mode.READ_ONLY);
  }

  static Table inMemory(MemoryTable result) {
    return new Table(new HeldRows(result), Mode.COPY_ON_WRITE);
  }

  // Reading.

  @Override
  public Plan plan() {
    Changes pending = changes;
    return pending == null ? Plan.Scan.of(rows.source()) : pending.visible();
  }

  @Override
  public QueryOptions options() {
    return options;
  }

  /** The columns; of a stored table with encodings, rows and bytes, see {@link TableSchema}. */
  @Override
  public Schema schema() {
    return changes == null ? rows.schema() : Frame.super.schema();
  }

  /** The mode that it was opened in. */
  public Mode mode() {
    return mode;
  }

  /** Its path as it was opened; {@code memory} or {@code result} for a table in memory. */
  public String name() {
    return rows.source().name();
  }

  /** The number of rows. */
  public long rowCount() {
    return rows.source().rowCount().orElseThrow();
  }

  @Override
  public long count() {
    return rowCount();
  }

  /**
   * Row {@code index}, counted from 0.
   *
   * @throws InvalidQueryException if there is no such row
   */
  public Row row(long index) {
    requireRow(index);
    if (changes != null) {
      Table one = limit(index, 1).collect();
      return new Row(one.schema(), column -> one.rows.cell(column, 0), index);
    }
    return new Row(schema(), column -> rows.cell(column, index), index);
  }

  /** One value; see {@link Row#get(String)} for its class. */
  public @Nullable Object get(String column, long row) {
    return row(row).get(column);
  }

  /** Prints the first and the last rows. */
  @Override
  public void show() {
    if (changes != null || rowCount() <= TextTable.DEFAULT_ROWS) {
      show(TextTable.DEFAULT_ROWS);
    } else {
      Console.print(TextTable.headAndTail(this));
    }
  }

  /** The first {@code rowCount} rows, and how many there are. */
  @Override
  public String text(int rowCount) {
    if (changes == null) {
      return TextTable.head(this, rowCount, rowCount());
    }
    try (Table head = limit(rowCount).collect()) {
      return TextTable.head(head, rowCount, rowCount());
    }
  }

  /** The number of the generation shown; 0 for a table in memory. */
  public long generation() {
    return rows.generation();
  }

  /**
   * Moves on to the newest generation, as another writer may have committed it, never back to an
   * older; frames made before keep showing theirs. A generation shown before is let go as soon as
   * no frame made from it can be reached any more.
   *
   * @throws InvalidQueryException if there are uncommitted changes
   */
  public void refresh() {
    if (changes != null) {
      throw new InvalidQueryException(
          name(), name() + " has uncommitted changes", "commit() or rollback() them first.");
    }
    rows.refresh();
  }

  /**
   * How a stored column was scaled when it was written by {@link
   * Expr#normalize(colonnade.engine.plan.Scaling)}; with {@link Expr#denormalize} it gives back the
   * values before, with {@link Expr#normalize(FittedScaling)} other tables are scaled alike. Empty
   * for other columns; for those scaled within groups see {@link #fittedGroups}.
   */
  public Optional<FittedScaling> fittedScaling(String column) {
    return FittedScaling.of(notes(column).attributes(), "column '" + column + "' of " + name());
  }

  /**
   * How a stored column was scaled within groups when it was written: a table in memory with a row
   * for each group, its keys first, then {@code offset} and {@code scale} (both f64), where the
   * stored value is {@code (x - offset) / scale}. A key that the table has as a column has its
   * name, another the text of its expression; a name that comes twice gets {@code _right}. Joined
   * with other rows, it scales them alike. Empty for other columns. Owned by the caller; freed when
   * closed or no longer reachable.
   *
   * @throws colonnade.error.CorruptColumnException if what was kept is not what was written
   */
  public Optional<Table> fittedGroups(String column) {
    return ScaledGroups.of(notes(column), name()).map(ScaledGroups::table);
  }

  /**
   * This table with {@code column} as it was before it was scaled, as far as arithmetic in f64
   * goes: {@code y * scale + offset} with the parameters kept when it was written, for the whole
   * column or for the row's group. A row whose group was not there then is null.
   *
   * @throws InvalidQueryException if the column was not written as the result of {@link
   *     Expr#normalize(colonnade.engine.plan.Scaling)}, or a key of its groups is no column of this
   *     table; {@link #fittedGroups} has the parameters then
   */
  public Frame denormalize(String column) {
    ColumnNotes notes = notes(column);
    Optional<FittedScaling> whole =
        FittedScaling.of(notes.attributes(), "column '" + column + "' of " + name());
    if (whole.isPresent()) {
      return map(column, Expr.col(column).denormalize(whole.get()));
    }
    ScaledGroups groups =
        ScaledGroups.of(notes, name())
            .orElseThrow(() ->
                new InvalidQueryException(
                    "column '" + column + "' of " + name(),
                    "column '" + column + "' of " + name() + " was not written as a scaled one",
                    "Scale it with normalize and write it; then its parameters are kept."));
    return new LazyFrame(groups.denormalize(plan(), column), options());
  }

  private ColumnNotes notes(String column) {
    schema().indexOf(column);
    return rows instanceof StoredRows stored && changes == null
        ? stored.notes(column)
        : new ColumnNotes(Map.of(), null);
  }

  /**
   * What the table takes on disk: files, generations, unfinished appends; and how its columns are
   * read.
   *
   * @throws InvalidQueryException for a table in memory
   */
  public TableStat stat() {
    StoredRows stored = onDisk("stat");
    return TableStat.of(stored.path(), stored.options());
  }

  /**
   * Reads every byte of the newest generation and compares it with its checksums and with the rules
   * of the format; what is wrong is in the result.
   *
   * @throws InvalidQueryException for a table in memory
   */
  public Verification verify() {
    return Verifier.verify(onDisk("verify").path());
  }

  /**
   * Takes a table in that was copied here from elsewhere: reads every byte, as {@link #verify()},
   * and if all is as it was written, publishes the newest generation once more as one of this
   * directory, so that its checksums are no longer compared at the first touch. Nothing is
   * published where something is damaged, or the table was at home already.
   *
   * @throws ReadOnlyException if the mode keeps nothing
   * @throws InvalidQueryException for a table in memory, or if there are uncommitted changes
   */
  public Verification adopt() {
    return writable("adopt").adopt();
  }

  // Changing.

  /**
   * Gives a column another value in all rows: an {@link Expr} over the row as it is, or a constant.
   * Numbers are rounded into integer columns. Visible to this table's own queries at once, to
   * others after {@link #commit()}; computed when read.
   *
   * @throws ReadOnlyException if the table was opened to be read
   * @throws colonnade.error.TypeMismatchException if the value does not go into the column
   */
  public void update(String column, @Nullable Object value) {
    changes = changing("update").update(column, Literals.operand(value), null);
  }

  /** As {@link #update(String, Object)}, only in the rows for which {@code condition} is true. */
  public void update(String column, @Nullable Object value, Expr condition) {
    changes = changing("update").update(column, Literals.operand(value), condition.input());
  }

  /**
   * Gives one row another value. For a few rows; for many, {@link #update(String, Object, Expr)}
   * with a condition is faster.
   */
  public void put(String column, long row, @Nullable Object value) {
    requireRow(row);
    changes = changing("put").put(column, row, Literals.of(value));
  }

  /** Adds a column computed from the others, at the end. */
  public void addColumn(String column, Expr value) {
    changes = changing("addColumn").add(column, value.input());
  }

  /**
   * Leaves a column out.
   *
   * @throws InvalidQueryException if it is the only one
   */
  public void dropColumn(String column) {
    changes = changing("dropColumn").drop(column);
  }

  /**
   * Gives a column another name; no row is written for that.
   *
   * @throws InvalidQueryException if there is one of the new name
   */
  public void renameColumn(String column, String newName) {
    changes = changing("renameColumn").rename(column, newName);
  }

  /**
   * Gives a column another type, its values cast as by {@link Expr#cast}; nulls stay null. A value
   * that the new type cannot hold is a {@link colonnade.error.ComputationException} at the first
   * query that reads it, or at the commit, and the table stays as it was.
   *
   * @throws colonnade.error.TypeMismatchException if no value of the column's type can be cast so
   */
  public void retypeColumn(String column, DataType type) {
    changes = changing("retypeColumn").retype(column, type);
  }

  /** Whether there are changes that were not committed. */
  public boolean hasChanges() {
    return changes != null;
  }

  /**
   * Publishes the changes as a new generation. Where few rows of a column are really other than
   * before, these are written beside it as a patch, which readers put over it; {@link #vacuum}
   * folds it. Else the column is written anew. All others stay, and where nothing is other than
   * before there is no new generation. When this returns the changes survive a power cut. Frames
   * made before keep showing what was.
   *
   * @throws ReadOnlyException if the mode keeps nothing
   */
  public void commit() {
    if (mode == Mode.COPY_ON_WRITE) {
      throw new ReadOnlyException(
          name(),
          name() + " is open COPY_ON_WRITE: nothing is kept",
          "Write it to a new table with writeTo(path), or open it READ_WRITE before the changes.");
    }
    Changes pending = changing("commit");
    if (!pending.isEmpty()) {
      rows.commit(pending, options);
    }
    changes = null;
  }

  /** Forgets the changes that were not committed. */
  public void rollback() {
    rows.source();
    changes = null;
  }

  /**
   * Appends rows to this table, which shows them when the appender is closed.
   *
   * @throws ReadOnlyException if the mode keeps nothing
   * @throws InvalidQueryException if there are uncommitted changes
   */
  public Appender appender() {
    return writing("appender").appender(WriteOptions.DEFAULT);
  }

  /**
   * Lets go of memory, mappings and lock; uncommitted changes are lost. A second call does nothing.
   */
  @Override
  public void close() {
    rows.close();
  }

  /** What it is, in one line. */
  @Override
  public String toString() {
    if (rows.isClosed()) {
      return "Table, closed";
    }
    return String.format(
        "Table %s: %,d rows × %,d columns, %s%s",
        name(), rowCount(), schema().size(), mode, changes == null ? "" : ", uncommitted changes");
  }

  private Changes changing(String verb) {
    if (mode == Mode.READ_ONLY) {
      throw readOnly(verb);
    }
    BlockSource source = rows.source();
    Changes pending = changes;
    return pending == null ? Changes.none(source) : pending;
  }

  private TableRows writing(String verb) {
    if (mode == Mode.READ_ONLY || mode == Mode.COPY_ON_WRITE) {
      throw readOnly(verb);
    }
    if (changes != null) {
      throw new InvalidQueryException(
          name(), name() + " has uncommitted changes", "commit() or rollback() them first.");
    }
    return rows;
  }

  @Override
  StoredRows writable(String verb) {
    onDisk(verb);
    writing(verb);
    return onDisk(verb);
  }

  @Override
  StoredRows onDisk(String verb) {
    if (rows instanceof StoredRows stored) {
      stored.source();
      return stored;
    }
    throw new InvalidQueryException(
        name(), "a table in memory has no files to " + verb, "Write it with writeTo(path) first.");
  }

  private ReadOnlyException readOnly(String verb) {
    return new ReadOnlyException(
        name(),
        name() + " is open " + mode + ": " + verb + " is not allowed",
        "Open it with Mode.READ_WRITE.");
  }

  private void requireRow(long index) {
    OptionalLong count = rows.source().rowCount();
    if (index < 0 || index >= count.orElseThrow()) {
      throw new InvalidQueryException(
          name() + ", row " + index,
          String.format("%s has no row %,d; it has %,d rows, from 0", name(), index, rowCount()),
          "");
    }
  }
}
