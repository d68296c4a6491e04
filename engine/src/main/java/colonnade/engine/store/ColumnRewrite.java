package colonnade.engine.store;

import colonnade.Field;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.util.List;
import java.util.Locale;

/**
 * A column that a {@link TableEdit} writes anew, from its first row to its last. Belongs to the
 * edit, whose commit publishes it. Used by one thread at a time; several of one edit by one thread
 * too.
 */
public final class ColumnRewrite {
  private static final long ALL_ROWS = -1;

  private final TableEdit edit;
  private final int id;
  private final ColumnWriter column;
  private final RowBits rows = new RowBits(TableFormat.BLOCK_ROWS);
  private long valueBytes;
  private long meantRows = ALL_ROWS;
  private boolean ended;

  ColumnRewrite(TableEdit edit, int id, ColumnWriter column) {
    this.edit = edit;
    this.id = id;
    this.column = column;
  }

  /** The column's name and type. */
  public Field field() {
    return column.field();
  }

  /** The rows so far. */
  public long rowCount() {
    return column.rowCount();
  }

  /**
   * Appends the first {@code count} rows of a vector, in any encoding.
   *
   * @throws TypeMismatchException if it is not of the column's type; nothing was written then
   * @throws InvalidQueryException if the column was committed, replaced or dropped meanwhile
   * @throws colonnade.error.StorageException if the system refuses; the edit is of no use
   *     afterwards
   */
  public void write(Vector vector, int count) {
    edit.checkUsable();
    if (ended) {
      throw new InvalidQueryException(
          place(), place() + " is no longer being rewritten", "Begin to replace it again.");
    }
    if (vector.type() != field().type()) {
      throw new TypeMismatchException(
          place(),
          place() + " is " + field().type() + ", but the values are " + vector.type(),
          "Cast them, or replace the column by one of that type.");
    }
    edit.guarded(() -> {
      column.append(vector, count, rows);
      return column;
    });
    valueBytes += ValueBytes.of(vector, count);
  }

  /**
   * Says in how many rows the caller means to change the value, where that is not in all: what the
   * column takes beyond their share is not meant, and shows as such in the ledger.
   */
  public void meantRows(long rowCount) {
    meantRows = rowCount;
  }

  /** The bytes of the values that the caller means to change. */
  long meantBytes() {
    return meantRows == ALL_ROWS || rowCount() == 0
        ? valueBytes
        : Math.round((double) valueBytes / rowCount() * meantRows);
  }

  /**
   * Sets what the commit remembers of the column beside its values: how they were scaled, for one.
   */
  public void remember(ColumnNotes notes) {
    edit.checkUsable();
    edit.guarded(() -> {
      column.remember(notes);
      return column;
    });
  }

  private String place() {
    return "column '" + field().name() + "'";
  }

  int id() {
    return id;
  }

  void checkComplete(long tableRowCount) {
    if (rowCount() != tableRowCount) {
      throw new InvalidQueryException(
          place(),
          String.format(
              Locale.ROOT,
              "%s has %,d rows so far, but its table has %,d",
              place(),
              rowCount(),
              tableRowCount),
          "Write all rows before the commit.");
    }
  }

  void collect(List<AppendFile> files) {
    column.collect(files);
  }

  ManifestColumn describe() {
    return column.describe();
  }

  void end() {
    ended = true;
    column.release();
  }

  void discard() {
    ended = true;
    column.discard();
  }
}
