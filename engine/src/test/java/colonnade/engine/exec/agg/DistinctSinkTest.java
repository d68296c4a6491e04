package colonnade.engine.exec.agg;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.engine.exec.Driver;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.Pipeline;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.store.Dictionary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctSinkTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepsTheFirstRowOfEachCombinationInOrder(boolean coded) {
    for (DataType type : DataType.values()) {
      SplittableRandom random = new SplittableRandom(SEED + type.ordinal());
      TestRows rows = new TestRows(DataType.I64, type, DataType.UTF8);
      for (long i = 0; i < 4_000; i++) {
        rows.add(i, TestRows.random(type, 30, random), TestRows.random(DataType.UTF8, 20, random));
      }
      List<List<@Nullable Object>> expected = naive(rows, 1, 2);
      for (int[] options : new int[][] {{1, 4096}, {2, 192}, {5, 64}}) {
        assertThat(run(rows, options[0], options[1], coded, 1, 2))
            .as("seed %d, %s, %d threads", SEED, type, options[0])
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void keepsEveryRowOfDistinctOnesAndNoneOfNone() {
    TestRows rows = new TestRows(DataType.I32);
    assertThat(run(rows, 2, 4096, false, 0)).isEmpty();
    for (long i = 0; i < 200_000; i++) {
      rows.add(i);
    }
    assertThat(run(rows, 2, 4096, false, 0))
        .hasSize(200_000)
        .isSortedAccordingTo(java.util.Comparator.comparing(row -> (Long) row.get(0)));
  }

  private static List<List<@Nullable Object>> naive(TestRows rows, int... keys) {
    Set<List<@Nullable Object>> seen = new HashSet<>();
    List<List<@Nullable Object>> kept = new ArrayList<>();
    for (@Nullable Object[] row : rows.rows) {
      List<@Nullable Object> key = new ArrayList<>();
      for (int k : keys) {
        key.add(row[k] instanceof Double d ? (Object) (d + 0.0) : row[k]);
      }
      if (seen.add(key)) {
        kept.add(java.util.Arrays.asList(row));
      }
    }
    return kept;
  }

  private static List<List<@Nullable Object>> run(
      TestRows rows, int threads, int batchRows, boolean coded, int... keys) {
    QueryOptions options = QueryOptions.defaults().withThreads(threads).withBatchRows(batchRows);
    try (QueryContext context = new QueryContext(options)) {
      MemoryTable table = rows.table(700, context.memory().region(), coded);
      List<@Nullable KeyDomain> domains = new ArrayList<>();
      for (int key : keys) {
        Dictionary entries =
            table.blocks().isEmpty() ? null : table.blocks().getFirst().vectors()[key].dictionary();
        domains.add(entries == null ? null : KeyDomain.of(entries));
      }
      DistinctSink sink =
          new DistinctSink(
              table.schema(), keys, domains, rows.rows.size(), context, context.memory().region());
      Driver.run(context, Pipeline.of(table), sink);
      return TestRows.rowsOf(sink.rows());
    }
  }
}
