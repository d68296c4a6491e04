package colonnade.cli;

import colonnade.KeyedTable;
import colonnade.Row;
import colonnade.Table;
import colonnade.error.InvalidQueryException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code colonnade get TABLE COLUMN ROW}, and {@code --key KEY} for keyed tables. */
@Command(name = "get", mixinStandardHelpOptions = true, description = "Print one value.")
final class GetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Parameters(index = "1", paramLabel = "COLUMN", description = "A column's name.")
  private String column;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "ROW",
      description = "A row's number, from 0.")
  private @Nullable Long row;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Of a keyed table the row with this key, instead of ROW.")
  private @Nullable String key;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private AtFlag at;

  @Override
  public Integer call() {
    if (key != null && row != null) {
      throw new ParameterException(spec.commandLine(), "ROW and --key exclude each other");
    }
    if (key != null && at.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--key finds only the newest rows, not --at");
    }
    if (key != null) {
      try (KeyedTable table = KeyedTable.open(path)) {
        Object typed = ValueText.parse(key, table.schema().field(table.key()));
        Optional<Row> found = table.get(typed);
        if (found.isEmpty()) {
          throw new InvalidQueryException(
              path.toString(), path + " has no row with the key " + key, "");
        }
        print(found.get().get(column));
      }
    } else if (row != null) {
      try (Table table = at.open(path)) {
        print(table.get(column, row));
      }
    } else {
      throw new ParameterException(spec.commandLine(), "Missing ROW");
    }
    return 0;
  }

  private void print(@Nullable Object value) {
    if (json) {
      JsonOutput.print(JsonOutput.cell(value));
    } else {
      System.out.println(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
    }
  }
}
