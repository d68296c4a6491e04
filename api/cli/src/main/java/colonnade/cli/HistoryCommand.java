package colonnade.cli;

import colonnade.Table;
import colonnade.engine.store.Generation;
import colonnade.error.PrintableText;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade history TABLE}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description =
        "The generations that are kept: when, how many rows, what was done, bytes; how"
            + " many its commit wrote, and how many times what was meant.")
final class HistoryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (Table table = Table.open(path)) {
      List<Generation> history = table.history();
      if (json) {
        JsonOutput.print(history.stream().map(HistoryCommand::json).toList());
      } else {
        System.out.printf(
            "%10s  %-20s  %15s  %15s  %15s  %15s  %8s  %s%n",
            "generation",
            "time",
            "rows",
            "bytes",
            "own bytes",
            "written",
            "times",
            "what was done");
        for (Generation g : history) {
          System.out.printf(
              "%10d  %-20s  %,15d  %,15d  %,15d  %15s  %8s  %s%n",
              g.number(),
              g.created().truncatedTo(ChronoUnit.SECONDS),
              g.rowCount(),
              g.bytes(),
              g.ownBytes(),
              g.written().map(w -> String.format("%,d", w.writtenBytes())).orElse("-"),
              WrittenText.times(g.written()),
              PrintableText.of(g.operation()));
        }
      }
    }
    return 0;
  }

  private static Map<String, Object> json(Generation generation) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("generation", generation.number());
    entry.put("parent", generation.parent());
    entry.put("created", generation.created().toString());
    entry.put("rows", generation.rowCount());
    entry.put("operation", generation.operation());
    entry.put("bytes", generation.bytes());
    entry.put("ownBytes", generation.ownBytes());
    entry.put("written", WrittenText.json(generation.written()));
    return entry;
  }
}
