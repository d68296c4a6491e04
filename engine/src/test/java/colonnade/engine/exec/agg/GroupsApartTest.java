package colonnade.engine.exec.agg;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.kernel.Accumulators;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupsApartTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);
  private static final int[] SIZES = {0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 4095, 4096};
  private static final List<DataType> NUMBERS =
      List.of(
          DataType.I8,
          DataType.U8,
          DataType.I16,
          DataType.U16,
          DataType.I32,
          DataType.U32,
          DataType.I64,
          DataType.F32,
          DataType.F64);

  /** The scalar loops, but bitmaps count as fast. */
  private static final Kernels SCALAR_MASKS =
      new Kernels() {
        @Override
        public boolean masksFast(DataType type) {
          return true;
        }

        @Override
        public boolean maskedSumsFast() {
          return true;
        }
      };

  @Test
  void givesTheBitsOfRowsInTheirOrder() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (DataType type : NUMBERS) {
      for (int size : SIZES) {
        for (boolean filtered : new boolean[] {false, true}) {
          String place =
              "%s, %d rows, filtered %s, -Dseed=%d".formatted(type, size, filtered, SEED);
          check(type, size, filtered, SCALAR_MASKS, random, place + ", scalar");
          Kernels simd = Kernels.simd().orElse(null);
          if (simd != null) {
            check(type, size, filtered, simd, random, place + ", SIMD");
          }
        }
      }
    }
  }

  @Test
  void leavesBatchesAloneThatDoNotStartAtALane() {
    try (QueryContext context = new QueryContext(QueryOptions.defaults())) {
      QueryMemory.Region region = context.memory().region();
      TestRows rows = rows(DataType.F64, 100, new SplittableRandom(SEED));
      Batch batch = batch(rows.table(100, region, true), 0, 100);
      SlotGrouping grouping = new SlotGrouping(domains(batch));
      GroupsApart apart = new GroupsApart(SCALAR_MASKS);
      assertThat(apart.take(grouping, batch, 5)).isFalse();
      assertThat(apart.take(grouping, batch, 48)).isTrue();
      batch.selection().setList(100, 0);
      assertThat(apart.take(grouping, batch, 48)).isFalse();
    }
  }

  private static void check(
      DataType type,
      int size,
      boolean filtered,
      Kernels kernels,
      SplittableRandom random,
      String place) {
    try (QueryContext context = new QueryContext(QueryOptions.defaults())) {
      QueryMemory.Region region = context.memory().region();
      List<AggregateColumn> aggregates = new ArrayList<>();
      for (AggregateFunction function :
          List.of(AggregateFunction.SUM, AggregateFunction.MEAN, AggregateFunction.COUNT_PRESENT)) {
        aggregates.add(new AggregateColumn(function, List.of(2), List.of(type), 0, "a"));
      }
      aggregates.add(new AggregateColumn(AggregateFunction.COUNT, List.of(), List.of(), 0, "n"));
      AggregateSet set = AggregateSet.of(aggregates, false);
      TestRows all = rows(type, 64 + size, random);
      MemoryTable table = all.table(64 + size, region, true);
      List<ArgumentValues> arguments =
          set.arguments().stream().map(a -> new ArgumentValues(a, Kernels.scalar())).toList();
      Batch whole = batch(table, 0, 64);
      GroupingChoice choice = new GroupingChoice.Slots(domains(whole), 12);
      ChunkGroups together = ChunkGroups.of(choice, set, 0, context, region);
      ChunkGroups apart = ChunkGroups.of(choice, set, 0, context, region);
      double[][] lanes = new double[12][Accumulators.COUNT];
      GroupsApart parts = new GroupsApart(kernels);
      for (int from = 0; from <= 64; from += 64) {
        int count = from == 0 ? 64 : size;
        Batch batch = batch(table, from, count);
        if (filtered) {
          filter(batch, random);
        }
        addNaively(all, from, batch, together.grouping(), lanes);
        SlotGrouping slots = (SlotGrouping) apart.grouping();
        assertThat(apart.states().takesGroupsApart(batch)).isEqualTo(type.isFloating());
        assertThat(parts.take(slots, batch, from)).as(place).isTrue();
        apart.states().update(batch, parts);
        BatchRows rows = new BatchRows();
        rows.take(batch, from);
        together.grouping().assign(batch, rows);
        together.states().update(batch, rows, arguments);
      }
      List<List<@Nullable Object>> expected = results(together, aggregates, region);
      assertThat(results(apart, aggregates, region)).as(place).isEqualTo(expected);
      for (int group = 0; type.isFloating() && group < 12; group++) {
        if (expected.get(0).get(group) != null) {
          assertThat(expected.get(0).get(group))
              .as(place)
              .isEqualTo(Accumulators.reduce(lanes[group]));
        }
      }
    }
  }

  /** The rule: the value of row i of the chunk is added to sum i % 16 of its group. */
  private static void addNaively(
      TestRows all, int from, Batch batch, Grouping grouping, double[][] lanes) {
    BatchRows rows = new BatchRows();
    rows.take(batch, from);
    grouping.assign(batch, rows);
    for (int i = 0; i < rows.count; i++) {
      int row = from + (rows.rows == null ? i : rows.rows[i]);
      if (all.rows.get(row)[2] instanceof Double value) {
        lanes[rows.groups[i]][row % Accumulators.COUNT] += value;
      }
    }
  }

  private static List<List<@Nullable Object>> results(
      ChunkGroups groups, List<AggregateColumn> aggregates, QueryMemory.Region region) {
    groups.states().seal(12);
    int[] numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    List<List<@Nullable Object>> results = new ArrayList<>();
    for (int a = 0; a < aggregates.size(); a++) {
      ResultColumn column = ResultColumn.plain(aggregates.get(a).resultType(), 12, region);
      groups.states().write(a, numbers, new int[12], 12, column);
      Vector vector = column.build();
      List<@Nullable Object> values = new ArrayList<>();
      for (int group = 0; group < 12; group++) {
        values.add(TestRows.value(vector, group));
      }
      results.add(values);
    }
    return results;
  }

  /** Keys of three texts and of two integers, each with nulls, and an argument. */
  private static TestRows rows(DataType type, int count, SplittableRandom random) {
    TestRows rows = new TestRows(DataType.UTF8, DataType.I32, type);
    rows.add("a", 5L, null).add("b", 6L, null).add("c", null, null);
    while (rows.rows.size() < count) {
      int text = random.nextInt(40);
      rows.add(
          text == 0 ? null : text == 1 ? "c" : text % 2 == 0 ? "a" : "b",
          random.nextInt(10) == 0 ? null : (Object) (5L + random.nextInt(2)),
          TestRows.random(type, 50, random));
    }
    return rows;
  }

  private static List<KeyDomain> domains(Batch batch) {
    Dictionary dictionary = batch.vector(0).dictionary();
    assertThat(dictionary).isNotNull();
    return List.of(KeyDomain.of(dictionary), KeyDomain.of(5, 6));
  }

  /** Rows {@code from .. from + count - 1} of the table's only block, all kept. */
  private static Batch batch(MemoryTable table, int from, int count) {
    Batch batch = new Batch(3);
    batch.reset(from, count);
    for (int c = 0; c < 3; c++) {
      batch.set(c, table.blocks().getFirst().vectors()[c].from(from));
    }
    return batch;
  }

  private static void filter(Batch batch, SplittableRandom random) {
    int[] rows = batch.selection().rows();
    int kept = 0;
    int size = batch.size();
    for (int row = 0; row < size; row++) {
      if (random.nextInt(8) > 0) {
        rows[kept++] = row;
      }
    }
    // Batches that keep few rows are not taken apart.
    if (4 * kept >= size) {
      batch.selection().setList(size, kept);
    }
  }
}
