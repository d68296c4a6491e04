package colonnade.cli;

import colonnade.KeyedTable;
import colonnade.Mode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade vacuum TABLE}. */
@Command(
    name = "vacuum",
    mixinStandardHelpOptions = true,
    description =
        "Write the rows of a keyed table that count into new columns, without those that were"
            + " superseded or removed. The old files go when no generation that is kept needs"
            + " them.")
final class VacuumCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A keyed table's directory.")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (KeyedTable table = KeyedTable.open(path, Mode.READ_WRITE)) {
      long removed = table.vacuum();
      if (json) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("removed", removed);
        report.put("rows", table.count());
        JsonOutput.print(report);
      } else {
        System.out.printf("%s: %,d rows left out, %,d kept%n", path, removed, table.count());
      }
    }
    return 0;
  }
}
