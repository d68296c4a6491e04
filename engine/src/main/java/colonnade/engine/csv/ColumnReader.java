package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of batch after batch into memory outside the heap. What a batch brought counts
 * when it is kept; until then the next read replaces it. Reused for the next block; not
 * thread-safe.
 */
abstract class ColumnReader {
  private final NullRule nulls;
  private final boolean isText;
  private final FieldText field;
  private final Validity validity;
  private int rows;

  ColumnReader(NullRule nulls, boolean isText, CsvDialect dialect, Arena arena) {
    this.nulls = nulls;
    this.isText = isText;
    this.field = new FieldText(dialect);
    this.validity = new Validity(arena);
  }

  /** A reader of {@code type}; {@code texts} if they are known. */
  static ColumnReader of(
      DataType type, @Nullable TextColumn texts, NullRule nulls, CsvDialect dialect, Arena arena) {
    if (texts != null) {
      return new CodeReader(texts, nulls, dialect, arena);
    }
    return switch (type) {
      case UTF8, BINARY -> new BytesReader(type, nulls, dialect, arena);
      case F32, F64 -> new DoubleReader(type, nulls, dialect, arena);
      case BOOL, DATE, TIMESTAMP_MICROS -> new TimeReader(type, nulls, dialect, arena);
      default -> new LongReader(type, nulls, dialect, arena);
    };
  }

  /** Forgets all rows. */
  void clear() {
    rows = 0;
    validity.clear();
  }

  /** Rows kept. */
  int rows() {
    return rows;
  }

  /** Reads a column of a batch. Adds to {@code failed} the rows that are no value of the type. */
  final void read(FieldBatch batch, int column, BitSet failed) {
    int count = batch.rows();
    begin(count);
    validity.cut(rows);
    boolean plain = !batch.mayHaveQuotes() && nulls.isOnlyEmpty();
    if (!plain || !readPlain(batch, column)) {
      readEach(batch, column, failed);
    }
    end(count);
  }

  /**
   * Reads a column of a batch if that takes no more than a look at each value and shows that no
   * other type would be guessed; else false, and it is to be read again.
   */
  final boolean readUsual(FieldBatch batch, int column) {
    if (batch.mayHaveQuotes() || !nulls.isOnlyEmpty()) {
      return false;
    }
    begin(batch.rows());
    validity.cut(rows);
    wereUsual(); // says nothing of this batch yet
    if (!readPlain(batch, column) || !wereUsual()) {
      return false;
    }
    end(batch.rows());
    return true;
  }

  /**
   * Whether all that was read since the last call were short decimal numbers as most are, without
   * needless zeros in front or spaces.
   */
  boolean wereUsual() {
    return false;
  }

  private void readEach(FieldBatch batch, int column, BitSet failed) {
    byte[] bytes = batch.bytes();
    for (int r = 0; r < batch.rows(); r++) {
      field.set(bytes, batch.start(r, column), batch.end(r, column));
      if (nulls.isNull(field, isText)) {
        none(r);
        setNull(r);
      } else if (!value(r, field.bytes(), field.start(), field.end())) {
        failed.set(r);
      }
    }
  }

  /** Says that row {@code r} of the batch is null. */
  final void setNull(int r) {
    validity.setNull(rows + r);
  }

  /**
   * Reads a column of a batch that has no quotes and in which only empty fields are null: the loop
   * that is to be fast. False if a value is none of the type; all are then read again.
   */
  abstract boolean readPlain(FieldBatch batch, int column);

  /** Keeps the rows of the last batch. */
  void keep(int count) {
    rows += count;
  }

  /** The rows kept, valid until {@link #clear}. */
  final Vector vector() {
    Vector values = values();
    return validity.hasNulls() ? values.withValidity(validity.toSegment(rows), 0) : values;
  }

  /** Makes room for a batch. */
  abstract void begin(int count);

  /** Takes the value of row {@code r} of the batch; false if it is none of the type. */
  abstract boolean value(int r, byte[] bytes, int start, int end);

  /** Takes a null as row {@code r} of the batch. */
  abstract void none(int r);

  /** Stores the batch behind the rows kept. */
  abstract void end(int count);

  /** The rows kept, without their validity. */
  abstract Vector values();
}
