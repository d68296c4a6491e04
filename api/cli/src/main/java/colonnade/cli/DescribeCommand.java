package colonnade.cli;

import colonnade.Table;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade describe TABLE}. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description =
        "Count, nulls, mean, deviation, quartiles and range of every column. Reads all of it.")
final class DescribeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private AtFlag at;

  @Override
  public Integer call() {
    try (Table table = at.open(path);
        Table description = table.describe()) {
      if (json) {
        JsonOutput.print(TableRecords.of(description, description.rowCount()));
      } else {
        description.show(Math.toIntExact(description.rowCount()));
      }
    }
    return 0;
  }
}
