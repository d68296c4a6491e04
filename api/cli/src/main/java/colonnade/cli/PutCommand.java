package colonnade.cli;

import colonnade.DataType;
import colonnade.Mode;
import colonnade.Table;
import colonnade.error.TypeMismatchException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade put TABLE COLUMN ROW VALUE}. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description =
        "Write one value, as a new generation of the table: the old one can still be read.")
final class PutCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Parameters(index = "1", paramLabel = "COLUMN", description = "A column's name.")
  private String column;

  @Parameters(index = "2", paramLabel = "ROW", description = "A row's number, from 0.")
  private long row;

  @ArgGroup(multiplicity = "1")
  private Value value;

  /** A text or null, one of them. */
  static final class Value {
    @Parameters(
        index = "3",
        paramLabel = "VALUE",
        description = "The value; dates and timestamps as ISO 8601.")
    private @Nullable String text;

    @Option(names = "--null", description = "Write a null.")
    private boolean isNull;
  }

  @Override
  public Integer call() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      DataType type = table.schema().field(column).type();
      table.put(column, row, value.text == null ? null : parse(value.text, type));
      table.commit();
    }
    return 0;
  }

  private Object parse(String text, DataType type) {
    try {
      return switch (type) {
        case UTF8 -> text;
        case BINARY -> text.getBytes(StandardCharsets.UTF_8);
        case F32, F64 -> Double.valueOf(text);
        case DATE -> LocalDate.parse(text);
        case TIMESTAMP_MICROS -> LocalDateTime.parse(text.replace(' ', 'T'));
        case BOOL -> parseBoolean(text);
        case I8, I16, I32, I64, U8, U16, U32 -> Long.valueOf(text);
      };
    } catch (DateTimeException | NumberFormatException e) {
      throw new TypeMismatchException(
          "column '" + column + "'",
          "'" + text + "' is no " + type + ", the type of column '" + column + "'",
          "",
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
