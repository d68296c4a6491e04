package colonnade.engine.store;

import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.ClosedException;
import colonnade.error.InvalidQueryException;
import colonnade.error.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Changes columns of a table: replaces, patches, adds, drops and renames them. The changed columns
 * get new files, all others are named again by the next generation, and readers keep what they have
 * open. Nothing is visible before {@link #commit()}; {@link #close()} discards what was not
 * committed. Holds the table's lock until it is closed. Used by one thread at a time.
 */
public final class TableEdit implements AutoCloseable {
  private final WriteSession session;
  private final List<Entry> entries = new ArrayList<>();
  private final List<ColumnRewrite> rewrites = new ArrayList<>();
  private final List<ColumnPatch> patches = new ArrayList<>();
  private long rowCount;
  private int nextColumnId;
  private final List<String> done = new ArrayList<>();
  private boolean closed;
  private @Nullable Throwable failure;

  /** A column of the next generation: as it was committed, with a patch over that, or rewritten. */
  private record Entry(
      Field field,
      @Nullable ManifestColumn committed,
      @Nullable ColumnPatch patch,
      @Nullable ColumnRewrite rewrite) {
    int id() {
      return rewrite != null ? rewrite.id() : committed != null ? committed.id() : -1;
    }

    ManifestColumn describe() {
      ManifestColumn column =
          rewrite != null ? rewrite.describe() : patch != null ? patch.describe() : committed;
      if (column == null) {
        throw new IllegalStateException("a column without rows");
      }
      return column.renamed(field.name());
    }
  }

  private TableEdit(WriteSession session, Manifest base) {
    this.session = session;
    begin(base);
  }

  private void begin(Manifest base) {
    entries.clear();
    rewrites.clear();
    patches.clear();
    for (ManifestColumn column : base.columns()) {
      entries.add(new Entry(column.field(), column, null, null));
    }
    rowCount = base.rowCount();
    nextColumnId = base.nextColumnId();
    done.clear();
  }

  /**
   * Begins to change the newest generation of a table.
   *
   * @throws colonnade.error.NotATableException if there is no table
   * @throws colonnade.error.LockedException if another writer has the table
   * @throws colonnade.error.ReadOnlyException if the directory cannot be written
   */
  public static TableEdit open(Path directory, WriteOptions options) {
    TableDirectory table = TableDirectory.of(directory, options.storage());
    TableStore.open(table).close();
    return open(TableLock.acquire(table), true, options);
  }

  /** As {@link #open(Path, WriteOptions)}, with a lock that stays the caller's. */
  public static TableEdit open(TableLock lock, WriteOptions options) {
    return open(lock, false, options);
  }

  private static TableEdit open(TableLock lock, boolean ownsLock, WriteOptions options) {
    try {
      WriteSession session = WriteSession.open(lock, ownsLock, options, -1, false);
      Manifest base = session.committed();
      if (base == null) {
        session.close();
        throw lock.table().notATable();
      }
      return new TableEdit(session, base);
    } catch (RuntimeException e) {
      if (ownsLock) {
        lock.close();
      }
      throw e;
    }
  }

  /** The columns as the next commit will have them. */
  public Schema schema() {
    return new Schema(entries.stream().map(Entry::field).toList());
  }

  /** The rows of every column. */
  public long rowCount() {
    return rowCount;
  }

  /** The number of the last committed generation. */
  public long generation() {
    return session.nextGeneration() - 1;
  }

  /**
   * Begins to write a column anew; a rewrite of it that was not committed is discarded. Plain
   * numbers of the same type stay plain unless the options say otherwise.
   *
   * @param replacement its name, which must exist, and its type, which may be another than before
   * @throws colonnade.error.UnknownColumnException if there is no such column
   */
  public ColumnRewrite replace(Field replacement) {
    checkUsable();
    boolean retyped = schema().field(replacement.name()).type() != replacement.type();
    return replace(
        replacement,
        retyped
            ? "retype " + replacement.name() + " to " + replacement.type()
            : "replace " + replacement.name());
  }

  /** Begins to write a column anew that is to hold what it holds, without a patch. */
  ColumnRewrite fold(Field field) {
    checkUsable();
    return replace(field, "vacuum " + field.name());
  }

  private ColumnRewrite replace(Field replacement, String what) {
    int index = schema().indexOf(replacement.name());
    Entry old = entries.get(index);
    discard(old);
    ColumnRewrite rewrite = rewrite(old.id(), replacement, choiceFor(old, replacement));
    entries.set(index, new Entry(replacement, null, null, rewrite));
    done.add(what);
    return rewrite;
  }

  /**
   * Begins to change some rows of a column; {@link #apply} makes it part of the commit.
   *
   * @return null if the column can only be replaced: plain text, one value for all rows, so few
   *     rows that a patch saves nothing, or one that this edit has changed before
   * @throws colonnade.error.UnknownColumnException if there is no such column
   */
  public @Nullable ColumnPatch patch(String name) {
    checkUsable();
    Entry entry = entries.get(schema().indexOf(name));
    ManifestColumn committed = entry.committed();
    return committed == null || entry.patch() != null || ColumnPatch.mostRows(committed) == 0
        ? null
        : guarded(() -> new ColumnPatch(this, session, committed));
  }

  /** Commits the rows of a patch of column {@code name} with everything else. */
  public void apply(String name, ColumnPatch patch) {
    checkUsable();
    int index = schema().indexOf(name);
    Entry old = entries.get(index);
    entries.set(index, new Entry(old.field(), old.committed(), patch, null));
    patches.add(patch);
    done.add(String.format(Locale.ROOT, "update %,d rows of %s", patch.count(), name));
  }

  /**
   * Begins to write a new column after all others.
   *
   * @throws InvalidQueryException if there is one of this name, or there are too many
   */
  public ColumnRewrite add(Field field) {
    checkUsable();
    refuseTaken(field.name());
    if (entries.size() == TableFormat.MAX_COLUMNS) {
      throw new InvalidQueryException(
          session.table().name(),
          "a table has at most " + TableFormat.MAX_COLUMNS + " columns",
          "Drop one first.");
    }
    ColumnRewrite rewrite =
        rewrite(nextColumnId, field, session.options().encodingOf(field.name()));
    nextColumnId++;
    entries.add(new Entry(field, null, null, rewrite));
    done.add("add " + field.name());
    return rewrite;
  }

  /**
   * Leaves a column out.
   *
   * @throws colonnade.error.UnknownColumnException if there is no such column
   */
  public void drop(String name) {
    checkUsable();
    discard(entries.remove(schema().indexOf(name)));
    done.add("drop " + name);
  }

  /**
   * Gives a column another name; its files stay.
   *
   * @throws colonnade.error.UnknownColumnException if there is no such column
   * @throws InvalidQueryException if there is one of the new name
   */
  public void rename(String name, String newName) {
    checkUsable();
    int index = schema().indexOf(name);
    if (!name.equals(newName)) {
      refuseTaken(newName);
      Entry old = entries.get(index);
      Field field = new Field(newName, old.field().type());
      entries.set(index, new Entry(field, old.committed(), old.patch(), old.rewrite()));
      done.add("rename " + name + " to " + newName);
    }
  }

  private void refuseTaken(String name) {
    if (schema().contains(name)) {
      throw new InvalidQueryException(
          "column '" + name + "' of " + session.table().name(),
          session.table().name() + " has a column '" + name + "' already",
          "Replace or drop that one, or choose another name.");
    }
  }

  /** A plain column of numbers stays so, for whoever maps its file, unless it is asked for. */
  private EncodingChoice choiceFor(Entry old, Field replacement) {
    ManifestColumn before = old.committed();
    boolean staysPlain =
        before != null
            && before.encoding() == Encoding.PLAIN
            && before.field().type() == replacement.type()
            && !replacement.type().isVariable();
    EncodingChoice choice = session.options().encodingOf(replacement.name());
    return staysPlain && choice == EncodingChoice.AUTO ? EncodingChoice.PLAIN : choice;
  }

  private ColumnRewrite rewrite(int id, Field field, EncodingChoice choice) {
    ColumnWriter column = guarded(() -> ColumnWriter.create(session, id, field, choice));
    ColumnRewrite rewrite = new ColumnRewrite(this, id, column);
    rewrites.add(rewrite);
    return rewrite;
  }

  private void discard(Entry entry) {
    ColumnPatch patch = entry.patch();
    if (patch != null) {
      patches.remove(patch);
    }
    ColumnRewrite rewrite = entry.rewrite();
    if (rewrite != null) {
      rewrites.remove(rewrite);
      guarded(() -> {
        rewrite.discard();
        return null;
      });
    }
  }

  /**
   * Publishes the changes: when this returns, they survive a power cut. Does nothing without
   * changes.
   *
   * @throws InvalidQueryException if a column that was begun has fewer or more rows than the table;
   *     it can be written to its end still
   * @throws StorageException if the system refuses; the last generation is untouched then
   */
  public void commit() {
    checkUsable();
    if (done.isEmpty()) {
      return;
    }
    for (ColumnRewrite rewrite : rewrites) {
      rewrite.checkComplete(rowCount);
    }
    Manifest next = guarded(this::publish);
    rewrites.forEach(ColumnRewrite::end);
    patches.forEach(ColumnPatch::end);
    begin(next);
  }

  private Manifest publish() {
    List<AppendFile> files = new ArrayList<>();
    for (ColumnRewrite rewrite : rewrites) {
      rewrite.collect(files);
    }
    for (ColumnPatch patch : patches) {
      patch.collect(files);
    }
    session.sync(files);
    rewrites.forEach(rewrite -> session.count().meant(rewrite.meantBytes()));
    patches.forEach(patch -> session.count().meant(patch.meantBytes()));
    Manifest next =
        session.next(
            String.join("; ", done),
            rowCount,
            nextColumnId,
            entries.stream().map(Entry::describe).toList());
    session.commit(next);
    return next;
  }

  <T extends @Nullable Object> T guarded(java.util.function.Supplier<T> action) {
    try {
      return action.get();
    } catch (Throwable e) {
      failure = e;
      throw e;
    }
  }

  void checkUsable() {
    String name = session.table().name();
    if (closed) {
      throw new ClosedException(name, "the edit of " + name + " is closed", "Open a new one.");
    }
    if (failure != null) {
      throw new StorageException(
          name,
          "the edit of " + name + " has failed before: " + failure.getMessage(),
          "Close it; the table is as it was at the last commit. Then try again.",
          failure);
    }
  }

  /** Discards what was not committed, and lets the lock go. A second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      rewrites.forEach(ColumnRewrite::end);
      patches.forEach(ColumnPatch::end);
      session.abort();
    } catch (RuntimeException e) {
      if (failure == null) {
        throw e;
      }
      failure.addSuppressed(e);
    } finally {
      session.close();
    }
  }
}
