package colonnade.cli;

import colonnade.DataType;
import colonnade.Mode;
import colonnade.Table;
import colonnade.error.TypeMismatchException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code colonnade put TABLE COLUMN ROW VALUE}. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description =
        "Write one value, as a new generation of the table: the old one can still be read.")
final class PutCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Parameters(index = "1", paramLabel = "COLUMN", description = "A column's name.")
  private String column;

  @Parameters(index = "2", paramLabel = "ROW", description = "A row's number, from 0.")
  private long row;

  @Parameters(
      index = "3",
      arity = "0..1",
      paramLabel = "VALUE",
      description =
          "The value; dates and timestamps as ISO 8601, bytes in hexadecimal. A negative number"
              + " needs -- before it.")
  private @Nullable String value;

  @Option(names = "--null", description = "Write a null instead of a value.")
  private boolean isNull;

  @Override
  public Integer call() {
    if (isNull == (value != null)) {
      throw new ParameterException(
          spec.commandLine(), isNull ? "VALUE and --null exclude each other" : "Missing VALUE");
    }
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      DataType type = table.schema().field(column).type();
      table.put(column, row, value == null ? null : parse(value, type));
      table.commit();
    }
    return 0;
  }

  private Object parse(String text, DataType type) {
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
