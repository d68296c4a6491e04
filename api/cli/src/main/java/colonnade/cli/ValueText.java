package colonnade.cli;

import colonnade.DataType;
import colonnade.Field;
import colonnade.error.TypeMismatchException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;

/** Values as they are typed on the command line. */
final class ValueText {
  private ValueText() {}

  /**
   * The value of a column that a text means.
   *
   * @throws TypeMismatchException if it means none
   */
  static Object parse(String text, Field field) {
    DataType type = field.type();
    String column = field.name();
    try {
      return switch (type) {
        case UTF8 -> text;
        case BINARY -> HexFormat.of().parseHex(text);
        case F32, F64 -> Double.valueOf(text);
        case DATE -> LocalDate.parse(text);
        case TIMESTAMP_MICROS -> LocalDateTime.parse(text.replace(' ', 'T'));
        case BOOL -> parseBoolean(text);
        case I8, I16, I32, I64, U8, U16, U32 -> Long.valueOf(text);
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new TypeMismatchException(
          "column '" + column + "'",
          "'" + text + "' is no " + type + ", the type of column '" + column + "'",
          "Give it as "
              + switch (type) {
                case BOOL -> "true or false";
                case DATE -> "2001-12-31";
                case TIMESTAMP_MICROS -> "2001-12-31T23:59:59";
                case BINARY -> "hexadecimal digits, two for a byte";
                case F32, F64 -> "a number, NaN, Infinity or -Infinity";
                default -> "a whole number";
              }
              + ", or --null.",
          e);
    }
  }

  private static Boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new NumberFormatException(text);
    };
  }
}
