package colonnade.benchmarks.peers;

import static tech.tablesaw.aggregate.AggregateFunctions.max;
import static tech.tablesaw.aggregate.AggregateFunctions.mean;
import static tech.tablesaw.aggregate.AggregateFunctions.min;
import static tech.tablesaw.aggregate.AggregateFunctions.sum;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.aggregate.AggregateFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tablesaw in this JVM, on one thread. */
final class TablesawPeer extends FramePeer<Table> {
  TablesawPeer(Options options, DataStore store) {
    super(
        store,
        Map.of(
            "H2O q1",
            t -> named(t.summarize("v1", sum).by("id1"), "id1", "v1"),
            "H2O q2",
            t -> named(t.summarize("v1", sum).by("id1", "id2"), "id1", "id2", "v1"),
            "H2O q4",
            t -> summary(t, mean, "id4"),
            "H2O q5",
            t -> summary(t, sum, "id6"),
            "H2O q7",
            t -> {
              Table parts = t.summarize("v1", "v2", max, min).by("id3");
              DoubleColumn range =
                  parts.doubleColumn("Max [v1]").subtract(parts.doubleColumn("Min [v2]"));
              return Table.create(parts.column("id3"), range.setName("range_v1_v2"));
            }));
  }

  private static Table summary(Table table, AggregateFunction<?, ?> function, String key) {
    return named(table.summarize("v1", "v2", "v3", function).by(key), key, "v1", "v2", "v3");
  }

  /** The columns of a summary come in the order asked for, under names of its own. */
  private static Table named(Table summary, String... names) {
    for (int c = 0; c < names.length; c++) {
      summary.column(c).setName(names[c]);
    }
    return summary;
  }

  @Override
  public String name() {
    return "tablesaw";
  }

  @Override
  public String version() {
    return "Tablesaw 0.44.4";
  }

  @Override
  protected Table frame(Map<String, Object> columns) {
    List<Column<?>> all = new ArrayList<>();
    columns.forEach((name, column) ->
        all.add(
            switch (column) {
              case long[] longs -> LongColumn.create(name, longs);
              case double[] doubles -> DoubleColumn.create(name, doubles);
              default -> StringColumn.create(name, (String[]) column);
            }));
    return Table.create(all);
  }

  @Override
  protected int rowCount(Table frame) {
    return frame.rowCount();
  }

  @Override
  protected List<String> names(Table frame) {
    return frame.columnNames();
  }

  @Override
  protected @Nullable Object value(Table frame, int column, int row) {
    return frame.get(row, column);
  }
}
