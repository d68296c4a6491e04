package colonnade.benchmarks.peers;

import static org.jetbrains.kotlinx.dataframe.api.ConstructorsKt.dataFrameOf;
import static org.jetbrains.kotlinx.dataframe.api.GroupByKt.groupBy;
import static org.jetbrains.kotlinx.dataframe.api.MeanKt.meanFor;
import static org.jetbrains.kotlinx.dataframe.api.SumKt.sumFor;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kotlin.Pair;
import org.jetbrains.kotlinx.dataframe.DataFrame;
import org.jspecify.annotations.Nullable;

/** Kotlin DataFrame in this JVM, on one thread. */
final class KotlinDataFramePeer extends FramePeer<DataFrame<?>> {
  KotlinDataFramePeer(Options options, DataStore store) {
    super(
        store,
        Map.of(
            "H2O q1",
            df -> sumFor(groupBy(df, "id1"), "v1"),
            "H2O q2",
            df -> sumFor(groupBy(df, "id1", "id2"), "v1"),
            "H2O q4",
            df -> meanFor(groupBy(df, "id4"), new String[] {"v1", "v2", "v3"}, false),
            "H2O q5",
            df -> sumFor(groupBy(df, "id6"), "v1", "v2", "v3")));
  }

  @Override
  public String name() {
    return "kotlin-dataframe";
  }

  @Override
  public String version() {
    return "Kotlin DataFrame 0.15.0";
  }

  @Override
  protected DataFrame<?> frame(Map<String, Object> columns) {
    List<Pair<String, List<Object>>> all = new ArrayList<>();
    columns.forEach((name, column) ->
        all.add(
            new Pair<>(
                name,
                switch (column) {
                  case long[] longs -> Arrays.stream(longs).<Object>mapToObj(v -> v).toList();
                  case double[] doubles -> Arrays.stream(doubles).<Object>mapToObj(v -> v).toList();
                  default -> Arrays.asList((Object[]) column);
                })));
    @SuppressWarnings({"unchecked", "rawtypes"})
    Pair<String, List<Object>>[] pairs = all.toArray(new Pair[0]);
    return dataFrameOf(pairs);
  }

  @Override
  protected int rowCount(DataFrame<?> frame) {
    return frame.rowsCount();
  }

  @Override
  protected List<String> names(DataFrame<?> frame) {
    return frame.columnNames();
  }

  @Override
  protected @Nullable Object value(DataFrame<?> frame, int column, int row) {
    return frame.get(row).values().get(column);
  }
}
