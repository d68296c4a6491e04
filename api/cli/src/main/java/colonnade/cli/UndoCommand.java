package colonnade.cli;

import colonnade.Mode;
import colonnade.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade undo TABLE}. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description =
        "Take the newest commit back, as a new generation; nothing is lost by it. With --to, go to"
            + " any generation that history lists.")
final class UndoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Option(
      names = "--to",
      paramLabel = "GENERATION",
      description = "Go back, or forth, to this generation.")
  private @Nullable Long generation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      Long wanted = generation;
      long back;
      if (wanted == null) {
        back = table.undo();
      } else {
        table.restore(wanted);
        back = wanted;
      }
      if (json) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("restored", back);
        report.put("generation", table.generation());
        report.put("rows", table.rowCount());
        JsonOutput.print(report);
      } else {
        System.out.printf(
            "%s: generation %d is back as generation %d, %,d rows%n",
            path, back, table.generation(), table.rowCount());
      }
    }
    return 0;
  }
}
