package colonnade.benchmarks.peers;

import static org.dflib.Exp.$col;
import static org.dflib.Exp.$double;
import static org.dflib.Exp.$long;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.dflib.Series;
import org.jspecify.annotations.Nullable;

/** DFLib in this JVM, on one thread. */
final class DfLibPeer extends FramePeer<DataFrame> {
  DfLibPeer(Options options, DataStore store) {
    super(
        store,
        Map.of(
            "H2O q1",
            df -> df.group("id1").agg($col("id1").first(), $long("v1").sum().as("v1")),
            "H2O q2",
            df ->
                df.group("id1", "id2")
                    .agg($col("id1").first(), $col("id2").first(), $long("v1").sum().as("v1")),
            "H2O q3",
            df ->
                df.group("id3")
                    .agg(
                        $col("id3").first(),
                        $long("v1").sum().as("v1"),
                        $double("v3").avg().as("v3")),
            "H2O q4",
            df ->
                df.group("id4")
                    .agg(
                        $long("id4").first(),
                        $long("v1").castAsDouble().avg().as("v1"),
                        $long("v2").castAsDouble().avg().as("v2"),
                        $double("v3").avg().as("v3")),
            "H2O q5",
            df ->
                df.group("id6")
                    .agg(
                        $long("id6").first().as("id6"),
                        $long("v1").sum().as("v1"),
                        $long("v2").sum().as("v2"),
                        $double("v3").sum().as("v3")),
            "H2O q7",
            df ->
                df.group("id3")
                    .agg(
                        $col("id3").first(),
                        $long("v1").max().sub($long("v2").min()).as("range_v1_v2"))));
  }

  @Override
  public String name() {
    return "dflib";
  }

  @Override
  public String version() {
    return "DFLib 1.2.0";
  }

  @Override
  protected DataFrame frame(Map<String, Object> columns) {
    Series<?>[] series =
        columns.values().stream()
            .map(column ->
                switch (column) {
                  case long[] longs -> Series.ofLong(longs);
                  case double[] doubles -> Series.ofDouble(doubles);
                  default -> Series.of((Object[]) column);
                })
            .toArray(Series<?>[]::new);
    return DataFrame.byColumn(columns.keySet().toArray(String[]::new)).of(series);
  }

  @Override
  protected int rowCount(DataFrame frame) {
    return frame.height();
  }

  @Override
  protected List<String> names(DataFrame frame) {
    return Arrays.asList(frame.getColumnsIndex().toArray());
  }

  @Override
  protected @Nullable Object value(DataFrame frame, int column, int row) {
    return frame.getColumn(column).get(row);
  }
}
