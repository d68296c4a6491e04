package colonnade.engine.exec.agg;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.engine.exec.Driver;
import colonnade.engine.exec.Pipeline;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.SpillStorage;
import colonnade.engine.plan.AggregateFunction;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key in order is grouped by runs, to the bits of a hash table, whatever the chunks. */
class RunGroupingTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);
  private static final long LIMIT = 24L << 20;
  private static final int BLOCK_ROWS = 500;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"I64", "F64", "F32", "U32", "DATE", "TIMESTAMP_MICROS"})
  void givesTheBitsOfAHashTable(DataType type) {
    var random = new SplittableRandom(SEED);
    List<AggregateColumn> aggregates =
        AggregateSinkTest.aggregatesOf(AggregateSinkTest.Way.HASHED, DataType.F64, 1);
    for (int rowCount : new int[] {0, 1, 499, 500, 501, 9000}) {
      for (int groups : new int[] {1, 40, 4000}) {
        TestRows rows = rows(type, rowCount, groups, random);
        Comparator<Object[]> order = Comparator.comparing(row -> cell(row[0]));
        rows.rows.sort(random.nextBoolean() ? order : order.reversed());
        GroupingChoice hashed = new GroupingChoice.Hashed(List.of(type));
        List<List<@Nullable Object>> expected =
            sorted(run(rows, hashed, aggregates, options(1, 4096), false));
        GroupingChoice runs =
            GroupingChoice.of(List.of(new GroupKey(type, null, true)), 1_000_000_000, true);
        assertThat(runs).isInstanceOf(GroupingChoice.Runs.class);
        List<List<@Nullable Object>> found = run(rows, runs, aggregates, options(1, 4096), false);
        assertThat(sorted(found)).as("seed %d", SEED).isEqualTo(expected);
        assertThat(run(rows, runs, aggregates, options(3, 64), false)).isEqualTo(found);
        if (rowCount == 9000) {
          QueryOptions small = options(3, 4096).withMemoryLimitBytes(LIMIT);
          assertThat(run(rows, runs, aggregates, small, true)).isEqualTo(found);
        }
      }
    }
  }

  @Test
  void losesNoRowIfStatisticsLie() {
    TestRows rows = rows(DataType.I64, 9000, 40, new SplittableRandom(SEED));
    List<AggregateColumn> count =
        List.of(new AggregateColumn(AggregateFunction.COUNT, List.of(), List.of(), 0, "count"));
    List<List<@Nullable Object>> found =
        run(rows, new GroupingChoice.Runs(), count, options(2, 4096), false);
    assertThat(found.stream().mapToLong(row -> (Long) Objects.requireNonNull(row.get(1))).sum())
        .isEqualTo(9000);
  }

  private static TestRows rows(DataType type, int rowCount, int groups, SplittableRandom random) {
    TestRows rows = new TestRows(type, DataType.F64, DataType.F64);
    while (rows.rows.size() < rowCount) {
      Object key = TestRows.random(type, groups, random);
      if (key != null) {
        rows.add(
            key,
            TestRows.random(DataType.F64, 50, random),
            TestRows.random(DataType.F64, 50, random));
      }
    }
    return rows;
  }

  /** NaN greatest, zeros equal. */
  private static Double cell(@Nullable Object key) {
    return ((Number) Objects.requireNonNull(key)).doubleValue() + 0.0;
  }

  private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
    return rows.stream().sorted(Comparator.comparing(row -> cell(row.getFirst()))).toList();
  }

  private static QueryOptions options(int threads, int batchRows) {
    return QueryOptions.defaults().withThreads(threads).withBatchRows(batchRows);
  }

  private List<List<@Nullable Object>> run(
      TestRows rows,
      GroupingChoice choice,
      List<AggregateColumn> aggregates,
      QueryOptions options,
      boolean spills) {
    try (QueryMemory.Region data = new QueryMemory(1 << 30).detachedRegion();
        QueryContext context = new QueryContext(options, SpillStorage.in(directory))) {
      if (spills) {
        context.memory().reserve(LIMIT / 2 + 1);
      }
      AggregateSink sink =
          new AggregateSink(
              context,
              List.of(new GroupKey(rows.types.getFirst(), null, true)),
              aggregates,
              choice,
              1_000_000,
              null,
              context.memory().region());
      Driver.run(context, Pipeline.of(rows.table(BLOCK_ROWS, data, false)), sink);
      assertThat(context.memory().spilledBytes() > 0).isEqualTo(spills);
      return TestRows.rowsOf(sink.rows());
    }
  }
}
