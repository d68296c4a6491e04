package colonnade;

import colonnade.engine.store.Vector;
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
    return cell.vector.isNull(cell.index);
  }

  /** A number of any type but i64, whose values a double may not hold exactly. */
  public double f64(String column) {
    Field field = schema.field(column);
    boolean fits =
        switch (field.type()) {
          case F32, F64, I8, I16, I32, U8, U16, U32 -> true;
          default -> false;
        };
    Cell cell = present(field, "f64", fits);
    return cell.vector.doubleAt(cell.index);
  }

  /** A number of type f32. */
  public float f32(String column) {
    Field field = schema.field(column);
    Cell cell = present(field, "f32", field.type() == DataType.F32);
    return (float) cell.vector.doubleAt(cell.index);
  }

  /** An integer of any type. */
  public long i64(String column) {
    Field field = schema.field(column);
    Cell cell = present(field, "i64", field.type().isInteger());
    return cell.vector.longAt(cell.index);
  }

  /** An integer of any type but i64 and u32. */
  public int i32(String column) {
    Field field = schema.field(column);
    boolean fits =
        switch (field.type()) {
          case I8, I16, I32, U8, U16 -> true;
          default -> false;
        };
    Cell cell = present(field, "i32", fits);
    return (int) cell.vector.longAt(cell.index);
  }

  /** A boolean. */
  public boolean bool(String column) {
    Field field = schema.field(column);
    Cell cell = present(field, "bool", field.type() == DataType.BOOL);
    return cell.vector.longAt(cell.index) != 0;
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
    return Values.get(cell.vector, cell.index);
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
    if (cell.vector.isNull(cell.index)) {
      throw new InvalidQueryException(
          "column '" + field.name() + "', row " + number,
          "'" + field.name() + "' is null in row " + number + "; " + reader + " cannot return that",
          "Ask isNull(\"" + field.name() + "\") first, or use get(\"" + field.name() + "\").");
    }
    return cell;
  }
}
