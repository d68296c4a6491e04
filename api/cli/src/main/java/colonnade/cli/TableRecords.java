package colonnade.cli;

import colonnade.Row;
import colonnade.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of a table as JSON records. */
final class TableRecords {
  private TableRecords() {}

  /** The first {@code count} rows, each with its columns in order. */
  static List<Map<String, Object>> of(Table table, long count) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (long r = 0; r < Math.min(count, table.rowCount()); r++) {
      Row row = table.row(r);
      Map<String, Object> cells = new LinkedHashMap<>();
      for (int c = 0; c < table.schema().size(); c++) {
        cells.put(table.schema().name(c), JsonOutput.cell(row.get(c)));
      }
      records.add(cells);
    }
    return records;
  }
}
