package colonnade;

import colonnade.engine.store.Vector;
import colonnade.error.CorruptColumnException;
import colonnade.error.TypeMismatchException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Single values of vectors as Java objects. */
final class Values {
  private Values() {}

  /**
   * Row {@code i}: a {@link Long}, {@link Double}, {@link Boolean}, {@link LocalDate}, {@link
   * LocalDateTime}, {@link String}, {@code byte[]}, or null.
   */
  static @Nullable Object get(Vector vector, int i) {
    if (vector.isNull(i)) {
      return null;
    }
    return switch (vector.type()) {
      case I8, I16, I32, I64, U8, U16, U32 -> vector.longAt(i);
      case F32, F64 -> vector.doubleAt(i);
      case BOOL -> vector.longAt(i) != 0;
      case DATE -> LocalDate.ofEpochDay(vector.longAt(i));
      case TIMESTAMP_MICROS -> timestamp(vector.longAt(i));
      case UTF8 -> vector.textAt(i);
      case BINARY -> vector.bytesAt(i);
    };
  }

  /** What a fault means that met a read of these rows of a column. */
  static CorruptColumnException unreadable(String column, String rows, InternalError fault) {
    String place = "column '" + column + "', " + rows;
    return new CorruptColumnException(
        place,
        place + ", cannot be read: a page of a mapped file is missing or unreadable",
        "The file was cut short, or its disk failed. What was computed from it is worth nothing."
            + " Run `colonnade verify` on the table.",
        fault);
  }

  static LocalDateTime timestamp(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L),
        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
        ZoneOffset.UTC);
  }

  /** The error for a reader that does not fit a column's type; names the one that does. */
  static TypeMismatchException wrongReader(Field field, String reader) {
    String fitting =
        switch (field.type()) {
          case I8, I16, I32, U8, U16 -> "i32, i64 or f64";
          case I64, U32 -> "i64";
          case F32 -> "f32 or f64";
          case F64 -> "f64";
          case BOOL -> "bool";
          case DATE -> "date";
          case TIMESTAMP_MICROS -> "timestamp";
          case UTF8 -> "text";
          case BINARY -> "bytes";
        };
    return new TypeMismatchException(
        "column '" + field.name() + "'",
        "column '" + field.name() + "' is " + field.type() + "; " + reader + " does not read it",
        "Ask for " + fitting + ", or cast the column first.");
  }
}
