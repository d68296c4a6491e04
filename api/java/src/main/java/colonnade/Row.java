package colonnade;

import colonnade.engine.store.Vector;
import colonnade.error.CorruptColumnException;
import colonnade.error.InvalidQueryException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link Table} or {@link Batch}, read a value at a time. A view: valid as long as
 * what it came from. Safe for all threads where that is.
 *
 * <p>A reader takes columns of its own type and of types that fit it without loss; another type is
 * a {@link colonnade.error.TypeMismatchException}. The readers of primitives refuse a null, for
 * which {@link #isNull} asks; the others return null.
 *
 * <p>Where a row is a view of a mapped file, a page that cannot be read is a {@link
 * CorruptColumnException}.
 */
public final class Row {
  private final Schema schema;
  private final IntFunction<Cell> cells;
  private final long number;

  /** One value: row {@code index} of {@code vector}. */
  record Cell(Vector vector, int index) {}

  Row(Schema schema, IntFunction<Cell> cells, long number) {
    this.schema = schema;
    this.cells = cells;
    this.number = number;
  }

  /** The columns. */
  public Schema schema() {
    return schema;
  }

  /** Whether the value is null. */
  public boolean isNull(String column) {
    Cell cell = cells.apply(schema.indexOf(column));
    try {
      return cell.vector.isNull(cell.index);
    } catch (InternalError e) {
      throw unreadable(column, e);
    }
  }

  /** A number of any type but i64, whose values a double may not hold exactly. */
  public double f64(String column) {
    Field field = schema.field(column);
    boolean fits =
        switch (field.type()) {
          case F32, F64, I8, I16, I32, U8, U16, U32 -> true;
          default -> false;
        };
    return doubleAt(present(field, "f64", fits), field);
  }

  /** A number of type f32. */
  public float f32(String column) {
    Field field = schema.field(column);
    return (float) doubleAt(present(field, "f32", field.type() == DataType.F32), field);
  }

  /** An integer of any type. */
  public long i64(String column) {
    Field field = schema.field(column);
    return longAt(present(field, "i64", field.type().isInteger()), field);
  }

  /** An integer of any type but i64 and u32. */
  public int i32(String column) {
    Field field = schema.field(column);
    boolean fits =
        switch (field.type()) {
          case I8, I16, I32, U8, U16 -> true;
          default -> false;
        };
    return (int) longAt(present(field, "i32", fits), field);
  }

  /** A boolean. */
  public boolean bool(String column) {
    Field field = schema.field(column);
    return longAt(present(field, "bool", field.type() == DataType.BOOL), field) != 0;
  }

  /** Text, or null. */
  public @Nullable String text(String column) {
    return (String) object(column, "text", DataType.UTF8);
  }

  /** A date, or null. */
  public @Nullable LocalDate date(String column) {
    return (LocalDate) object(column, "date", DataType.DATE);
  }

  /** A timestamp, or null. */
  public @Nullable LocalDateTime timestamp(String column) {
    return (LocalDateTime) object(column, "timestamp", DataType.TIMESTAMP_MICROS);
  }

  /** A copy of the bytes, or null. */
  public byte @Nullable [] bytes(String column) {
    return (byte[]) object(column, "bytes", DataType.BINARY);
  }

  /**
   * The value whatever its type: {@link Long} for integers, {@link Double} for floating point,
   * {@link Boolean}, {@link String}, {@link LocalDate}, {@link LocalDateTime}, {@code byte[]}, or
   * null.
   */
  public @Nullable Object get(String column) {
    return get(schema.indexOf(column));
  }

  /** As {@link #get(String)}, of the column at {@code index}. */
  public @Nullable Object get(int index) {
    Cell cell = cells.apply(index);
    try {
      return Values.get(cell.vector, cell.index);
    } catch (InternalError e) {
      throw unreadable(schema.name(index), e);
    }
  }

  /** The names and values. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Row " + number + " {");
    for (int c = 0; c < schema.size(); c++) {
      Object value = get(c);
      text.append(c == 0 ? "" : ", ")
          .append(schema.name(c))
          .append(": ")
          .append(value == null ? "null" : CellText.of(value));
    }
    return text.append('}').toString();
  }

  private @Nullable Object object(String column, String reader, DataType type) {
    Field field = schema.field(column);
    if (field.type() != type) {
      throw Values.wrongReader(field, reader);
    }
    return get(schema.indexOf(column));
  }

  private Cell present(Field field, String reader, boolean fits) {
    if (!fits) {
      throw Values.wrongReader(field, reader);
    }
    Cell cell = cells.apply(schema.indexOf(field.name()));
    boolean isNull;
    try {
      isNull = cell.vector.isNull(cell.index);
    } catch (InternalError e) {
      throw unreadable(field.name(), e);
    }
    if (isNull) {
      throw new InvalidQueryException(
          "column '" + field.name() + "', row " + number,
          "'" + field.name() + "' is null in row " + number + "; " + reader + " cannot return that",
          "Ask isNull(\"" + field.name() + "\") first, or use get(\"" + field.name() + "\").");
    }
    return cell;
  }

  private double doubleAt(Cell cell, Field field) {
    try {
      return cell.vector.doubleAt(cell.index);
    } catch (InternalError e) {
      throw unreadable(field.name(), e);
    }
  }

  private long longAt(Cell cell, Field field) {
    try {
      return cell.vector.longAt(cell.index);
    } catch (InternalError e) {
      throw unreadable(field.name(), e);
    }
  }

  private CorruptColumnException unreadable(String column, InternalError e) {
    return Values.unreadable(column, "row " + number, e);
  }
}
