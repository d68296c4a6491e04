package colonnade.cli;

import colonnade.Field;
import colonnade.Table;
import colonnade.engine.store.ColumnDifference;
import colonnade.engine.store.TableDifference;
import colonnade.error.PrintableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade diff TABLE BEFORE AFTER}. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "What two generations differ in: columns, rows appended, rows changed.")
final class DiffCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Parameters(paramLabel = "BEFORE", description = "A generation.")
  private long before;

  @Parameters(paramLabel = "AFTER", description = "Another.")
  private long after;

  @Option(
      names = "--column",
      paramLabel = "COLUMN",
      description = "Show the changed rows of this column instead: number, before, after.")
  private @Nullable String column;

  @Option(
      names = {"-n", "--rows"},
      defaultValue = "10",
      description = "How many changed rows; 10 if not said.")
  private int rowCount;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (column != null) {
      showRows(column);
      return 0;
    }
    try (Table table = Table.open(path)) {
      TableDifference difference = table.diff(before, after);
      if (json) {
        JsonOutput.print(json(difference));
      } else {
        print(difference);
      }
    }
    return 0;
  }

  private void showRows(String name) {
    try (Table newest = Table.open(path);
        Table first = newest.at(before);
        Table second = newest.at(after);
        Table rows = second.changedRows(first, name).limit(rowCount).collect()) {
      if (json) {
        JsonOutput.print(TableRecords.of(rows, rowCount));
      } else {
        rows.show(rowCount);
      }
    }
  }

  private static void print(TableDifference difference) {
    if (difference.isEmpty()) {
      System.out.println("no difference");
    }
    if (difference.appendedRows() > 0) {
      System.out.printf("%,d rows appended%n", difference.appendedRows());
    }
    if (difference.removedRows() > 0) {
      System.out.printf("%,d rows fewer%n", difference.removedRows());
    }
    difference.columns().forEach(column -> System.out.println(PrintableText.of(column.toString())));
  }

  private static Map<String, Object> json(TableDifference difference) {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (ColumnDifference column : difference.columns()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("before", json(column.before()));
      entry.put("after", json(column.after()));
      entry.put(
          "changedRows",
          column.changedRows().isPresent() ? column.changedRows().getAsLong() : null);
      columns.add(entry);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("before", difference.before());
    result.put("after", difference.after());
    result.put("rowsBefore", difference.rowCountBefore());
    result.put("rowsAfter", difference.rowCountAfter());
    result.put("columns", columns);
    return result;
  }

  private static @Nullable Map<String, Object> json(@Nullable Field field) {
    if (field == null) {
      return null;
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", field.name());
    entry.put("type", field.type().label());
    return entry;
  }
}
