package colonnade.cli;

import colonnade.Table;
import colonnade.engine.store.TableStat;
import colonnade.engine.store.Tail;
import colonnade.error.PrintableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade stat TABLE}. */
@Command(
    name = "stat",
    mixinStandardHelpOptions = true,
    description =
        "Generations, files and their sizes, what the last commit wrote and was meant to write, and"
            + " what an unfinished append left.")
final class StatCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (Table table = Table.open(path)) {
      TableStat stat = table.stat();
      if (json) {
        JsonOutput.print(json(table, stat));
      } else {
        print(table, stat);
      }
    }
    return 0;
  }

  private void print(Table table, TableStat stat) {
    long bytes = stat.files().stream().mapToLong(TableStat.FileStat::lengthBytes).sum();
    System.out.printf("%s: generation %d, %,d rows%n", path, stat.generation(), stat.rowCount());
    System.out.printf("generations that can be opened: %s%n", stat.generations());
    System.out.printf(
        "%,d bytes in %d files, %,d bytes of checksums%n",
        bytes, stat.files().size(), stat.checksumBytes());
    stat.written()
        .ifPresent(written ->
            System.out.printf(
                "its commit (%s): %s%n", PrintableText.of(stat.operation()), written));
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (int c = 0; c < stat.reading().size(); c++) {
      String how = stat.reading().get(c).toString();
      columns.computeIfAbsent(how, _ -> new ArrayList<>()).add(table.schema().name(c));
    }
    columns.forEach((how, names) ->
        System.out.printf(
            "read: %s (%s)%n",
            how, columns.size() == 1 ? "all columns" : String.join(", ", names)));
    stat.patchedRows()
        .forEach((column, rows) ->
            System.out.printf(
                "patched: %,d rows of %s; vacuum folds them%n", rows, PrintableText.of(column)));
    for (TableStat.FileStat file : stat.files()) {
      System.out.printf(
          "  %,16d  %-40s %s%n", file.lengthBytes(), file.name(), PrintableText.of(file.column()));
    }
    for (Tail tail : stat.tails()) {
      System.out.printf(
          "unfinished append: %s has %,d bytes, of which %,d are committed; the next writer cuts"
              + " the rest%n",
          tail.fileName(), tail.actualBytes(), tail.committedBytes());
    }
    if (!stat.others().isEmpty()) {
      System.out.printf(
          "files of other generations or left over: %s%n", String.join(", ", stat.others()));
    }
  }

  private static Map<String, Object> json(Table table, TableStat stat) {
    List<Map<String, Object>> files = new ArrayList<>();
    for (TableStat.FileStat file : stat.files()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", file.name());
      entry.put("column", file.column());
      entry.put("bytes", file.lengthBytes());
      files.add(entry);
    }
    List<Map<String, Object>> tails = new ArrayList<>();
    for (Tail tail : stat.tails()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", tail.fileName());
      entry.put("committedBytes", tail.committedBytes());
      entry.put("actualBytes", tail.actualBytes());
      tails.add(entry);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("generation", stat.generation());
    result.put("generations", stat.generations());
    result.put("rows", stat.rowCount());
    Map<String, String> reading = new LinkedHashMap<>();
    for (int c = 0; c < stat.reading().size(); c++) {
      reading.put(table.schema().name(c), stat.reading().get(c).toString());
    }
    result.put("reading", reading);
    result.put("operation", stat.operation());
    result.put("written", WrittenText.json(stat.written()));
    result.put("patchedRows", stat.patchedRows());
    result.put("checksumBytes", stat.checksumBytes());
    result.put("files", files);
    result.put("unfinishedAppends", tails);
    result.put("otherFiles", stat.others());
    return result;
  }
}
