package colonnade;

import colonnade.engine.exec.ColumnBuilder;
import colonnade.error.ComputationException;
import colonnade.error.TypeMismatchException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Java values on their way into a column: checked against its type, then appended. */
final class ColumnValues {
  private static final long MAX_EXACT_F64 = 1L << 53;
  private static final long MAX_EXACT_F32 = 1L << 24;

  private ColumnValues() {}

  /** The type of column that a Java array makes. */
  static DataType typeOf(String column, Object array) {
    return switch (array) {
      case byte[] _ -> DataType.I8;
      case short[] _ -> DataType.I16;
      case int[] _, Integer[] _ -> DataType.I32;
      case long[] _, Long[] _ -> DataType.I64;
      case float[] _, Float[] _ -> DataType.F32;
      case double[] _, Double[] _ -> DataType.F64;
      case boolean[] _, Boolean[] _ -> DataType.BOOL;
      case String[] _ -> DataType.UTF8;
      case LocalDate[] _ -> DataType.DATE;
      case LocalDateTime[] _, Instant[] _ -> DataType.TIMESTAMP_MICROS;
      case byte[][] _ -> DataType.BINARY;
      default ->
          throw new TypeMismatchException(
              "column '" + column + "'",
              "a " + array.getClass().getSimpleName() + " makes no column",
              "Columns are made of arrays of numbers, booleans, String, LocalDate, LocalDateTime,"
                  + " Instant or byte[].");
    };
  }

  /**
   * What {@link #append} takes for a column: a Long, Double, {@code byte[]} or null.
   *
   * @throws TypeMismatchException if the value is of another kind than the column
   * @throws ComputationException if the column's type cannot hold it
   */
  static @Nullable Object checked(Field field, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    Object stored =
        switch (field.type()) {
          case I8, I16, I32, I64, U8, U16, U32 ->
              value instanceof Byte
                      || value instanceof Short
                      || value instanceof Integer
                      || value instanceof Long
                  ? (Object) inRange(field, ((Number) value).longValue())
                  : null;
          case F32, F64 -> value instanceof Number number ? floating(field, number) : null;
          case BOOL -> value instanceof Boolean b ? (Object) (b ? 1L : 0L) : null;
          case DATE ->
              value instanceof LocalDate date
                  ? (Object) Literals.days(date)
                  : value instanceof Integer days ? (Object) days.longValue() : null;
          case TIMESTAMP_MICROS ->
              switch (value) {
                case LocalDateTime time -> Literals.micros(time);
                case Instant instant -> Literals.micros(instant);
                case Long micros -> micros;
                default -> null;
              };
          case UTF8 -> value instanceof CharSequence text ? utf8(field, text.toString()) : null;
          case BINARY -> value instanceof byte[] bytes ? bytes : null;
        };
    if (stored == null) {
      throw new TypeMismatchException(
          "column '" + field.name() + "'",
          "column '"
              + field.name()
              + "' is "
              + field.type()
              + "; a "
              + value.getClass().getSimpleName()
              + " does not go into it: "
              + value,
          "Convert it first.");
    }
    return stored;
  }

  /** Appends what {@link #checked} gave. */
  static void append(ColumnBuilder builder, @Nullable Object stored) {
    switch (stored) {
      case null -> builder.appendNulls(1);
      case Long integer -> builder.appendLong(integer);
      case Double floating -> builder.appendDouble(floating);
      case byte[] bytes -> builder.appendBytes(bytes);
      default -> throw new IllegalStateException("not checked: " + stored);
    }
  }

  /** Refuses an array with an element that the column does not take. */
  static void check(Field field, Object array) {
    if (!isPlain(field.type(), array)) {
      int length = Array.getLength(array);
      for (int i = 0; i < length; i++) {
        checked(field, Array.get(array, i));
      }
    }
  }

  /** Appends elements {@code [from, to)} of a Java array that {@link #check} let pass. */
  static void append(ColumnBuilder builder, Field field, Object array, int from, int to) {
    if (!isPlain(field.type(), array)) {
      for (int i = from; i < to; i++) {
        append(builder, checked(field, Array.get(array, i)));
      }
      return;
    }
    for (int i = from; i < to; i++) {
      switch (array) {
        case double[] doubles -> builder.appendDouble(doubles[i]);
        case long[] longs -> builder.appendLong(longs[i]);
        case int[] ints -> builder.appendLong(ints[i]);
        default -> throw new IllegalStateException("not plain: " + array.getClass());
      }
    }
  }

  /** Whether every element of the array fits, so that none needs a look or a box. */
  private static boolean isPlain(DataType type, Object array) {
    return switch (type) {
      case F64 -> array instanceof double[];
      case I64 -> array instanceof long[] || array instanceof int[];
      case TIMESTAMP_MICROS -> array instanceof long[];
      case I32, DATE -> array instanceof int[];
      default -> false;
    };
  }

  private static Long inRange(Field field, long value) {
    boolean fits =
        switch (field.type()) {
          case I8 -> value == (byte) value;
          case I16 -> value == (short) value;
          case I32 -> value == (int) value;
          case U8 -> value == (value & 0xff);
          case U16 -> value == (value & 0xffff);
          case U32 -> value == (value & 0xffffffffL);
          default -> true;
        };
    if (!fits) {
      throw tooLarge(field, value);
    }
    return value;
  }

  private static @Nullable Double floating(Field field, Number number) {
    return switch (number) {
      case Double d -> d;
      case Float f -> f.doubleValue();
      case Byte _, Short _, Integer _, Long _ -> {
        long value = number.longValue();
        long limit = field.type() == DataType.F32 ? MAX_EXACT_F32 : MAX_EXACT_F64;
        if (value > limit || value < -limit) {
          throw tooLarge(field, value);
        }
        yield (double) value;
      }
      default -> null;
    };
  }

  /** UTF-8; half a surrogate pair is no text. */
  private static byte[] utf8(Field field, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new ComputationException(
              "column '" + field.name() + "'",
              "a text for '" + field.name() + "' holds half a surrogate pair, which UTF-8 has not",
              "");
        }
        i++;
      }
    }
    return bytes;
  }

  private static ComputationException tooLarge(Field field, long value) {
    return new ComputationException(
        "column '" + field.name() + "'",
        "column '" + field.name() + "' is " + field.type() + ", which cannot hold " + value,
        "Choose a wider type for it.");
  }
}
