package colonnade.cli;

import colonnade.KeyedTable;
import colonnade.Mode;
import colonnade.Table;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.key.KeyNotes;
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
        "Write columns of which some rows lie in patches anew, without them; of a keyed table, the"
            + " rows that count, without those that were superseded or removed. The old files go"
            + " when no generation that is kept needs them.")
final class VacuumCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    boolean isKeyed;
    try (Snapshot snapshot = TableStore.open(path)) {
      isKeyed = KeyNotes.isKeyed(snapshot);
    }
    if (isKeyed) {
      leaveOut();
    } else {
      fold();
    }
    return 0;
  }

  private void fold() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      long folded = table.vacuum();
      if (json) {
        JsonOutput.print(Map.of("folded", folded));
      } else {
        System.out.printf("%s: %,d rows of patches folded%n", path, folded);
      }
    }
  }

  private void leaveOut() {
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
  }
}
