package colonnade.cli;

import colonnade.engine.store.Finding;
import colonnade.engine.store.Repair;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade repair TABLE}. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description =
        "Go back to the last generation of a damaged table that is whole. Gives up what was"
            + " committed since; a sound table stays as it is.")
final class RepairCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Repair.Outcome outcome = Repair.repair(path, WriteOptions.DEFAULT);
    boolean changed = outcome.restored() != outcome.damaged();
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("repaired", changed);
      report.put("damaged", changed ? outcome.damaged() : null);
      report.put("restored", outcome.restored());
      report.put("generation", outcome.published());
      report.put("rows", outcome.rowCount());
      report.put("damage", outcome.damage().stream().map(Finding::problem).toList());
      report.put("lost", outcome.lost());
      JsonOutput.print(report);
    } else if (changed) {
      outcome.damage().forEach(finding -> System.out.println("damage: " + finding.problem()));
      outcome.lost().forEach(lost -> System.out.println("lost: " + lost));
      System.out.printf(
          "%s: generation %d was damaged; generation %d is back as generation %d, %,d rows%n",
          path, outcome.damaged(), outcome.restored(), outcome.published(), outcome.rowCount());
    } else {
      System.out.printf(
          "%s: generation %d is sound, %,d rows; nothing was changed%n",
          path, outcome.published(), outcome.rowCount());
    }
    return 0;
  }
}
