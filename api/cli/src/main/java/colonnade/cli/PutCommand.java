package colonnade.cli;

import colonnade.Mode;
import colonnade.Table;
import java.nio.file.Path;
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
      table.put(
          column, row, value == null ? null : ValueText.parse(value, table.schema().field(column)));
      table.commit();
    }
    return 0;
  }
}
