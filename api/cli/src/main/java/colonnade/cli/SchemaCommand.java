package colonnade.cli;

import colonnade.Table;
import colonnade.TableSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code colonnade schema TABLE}. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Names, types, encodings and sizes of the columns.")
final class SchemaCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TABLE", description = "A table's directory.")
  private Path path;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private AtFlag at;

  @Override
  public Integer call() {
    try (Table table = at.open(path)) {
      if (json) {
        JsonOutput.print(json(table));
      } else {
        System.out.println(table.schema());
      }
    }
    return 0;
  }

  private static Map<String, Object> json(Table table) {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (int c = 0; c < table.schema().size(); c++) {
      Map<String, Object> column = new LinkedHashMap<>();
      column.put("name", table.schema().name(c));
      column.put("type", table.schema().type(c).label());
      if (table.schema() instanceof TableSchema stored) {
        column.put("encoding", stored.encoding(c).label());
        column.put("nulls", stored.nullCount(c));
        column.put("bytes", stored.bytes(c));
        column.put("sorted", stored.sorted(c).label());
      }
      columns.add(column);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("rows", table.rowCount());
    result.put("generation", table.generation());
    result.put("columns", columns);
    return result;
  }
}
