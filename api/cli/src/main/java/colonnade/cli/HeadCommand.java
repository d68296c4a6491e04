package colonnade.cli;

import colonnade.Table;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code colonnade head TABLE}. */
@Command(name = "head", mixinStandardHelpOptions = true, description = "The first rows.")
final class HeadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Option(
      names = {"-n", "--rows"},
      defaultValue = "10",
      description = "How many rows; 10 if not said.")
  private int rowCount;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private AtFlag at;

  @Override
  public Integer call() {
    if (rowCount < 0) {
      throw new ParameterException(spec.commandLine(), "--rows takes a number from 0 on");
    }
    try (Table table = at.open(path)) {
      if (json) {
        JsonOutput.print(TableRecords.of(table, rowCount));
      } else {
        table.show(rowCount);
      }
    }
    return 0;
  }
}
