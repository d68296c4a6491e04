package colonnade.engine.exec.agg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.engine.exec.Driver;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.Pipeline;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.sort.SortOrder;
import colonnade.engine.plan.AggregateFunction;
import colonnade.error.ComputationException;
import colonnade.error.MemoryBudgetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What groups and aggregates are, whichever way they are grouped. Long because each claim is put to
 * every way of grouping, which share what makes them and what they are compared with.
 */
class AggregateSinkTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);

  /** Said to be the rows of the input, for as many parts as there can be. */
  private static final long ROWS = 30_000_000;

  private static final int PARTS = PartedGroups.partsForRows(ROWS);

  /** Groups of a chunk at which ways that may keep rows ungrouped first ask whether they repeat. */
  private static final int FEW = 25;

  /** Bytes of ungrouped keys that some rows of a chunk have, but not all. */
  private static final int FEW_BYTES = 3_000;

  /** What makes the sink choose each way to group. */
  enum Way {
    SLOTS,
    PACKED,
    PACKED_LOOSE,
    PACKED_APART,
    HASHED,
    HASHED_CODES,
    HASHED_LOOSE,
    HASHED_FULL;

    /** Whether rows are kept ungrouped, if the aggregates allow it. */
    boolean loosens() {
      return switch (this) {
        case PACKED_LOOSE, PACKED_APART, HASHED_LOOSE, HASHED_FULL -> true;
        case SLOTS, PACKED, HASHED, HASHED_CODES -> false;
      };
    }

    /** Whether texts are codes of a dictionary. */
    boolean isCoded() {
      return switch (this) {
        case HASHED, HASHED_LOOSE, HASHED_FULL -> false;
        case SLOTS, PACKED, PACKED_LOOSE, PACKED_APART, HASHED_CODES -> true;
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void agreesWithTheNaiveWayForEveryTypeOfArgument(Way way) {
    for (DataType type : DataType.values()) {
      SplittableRandom random = new SplittableRandom(SEED + type.ordinal());
      TestRows rows = randomRows(way, type, 1_200, 40, random);
      List<AggregateColumn> aggregates = aggregatesOf(way, type, 2);
      check(rows, way, 2, aggregates, "seed " + SEED + ", " + type);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void agreesWithTheNaiveWayForManyGroups(Way way) {
    SplittableRandom random = new SplittableRandom(SEED);
    TestRows rows = randomRows(way, DataType.F64, 4_000, 800, random);
    check(rows, way, 2, aggregatesOf(way, DataType.F64, 2), "seed " + SEED);
  }

  @Test
  void agreesWithTheNaiveWayWithoutKeys() {
    for (DataType type : DataType.values()) {
      SplittableRandom random = new SplittableRandom(SEED + type.ordinal());
      for (int rowCount : new int[] {0, 1, 17, 3_000}) {
        TestRows rows = new TestRows(type, DataType.F64);
        for (int i = 0; i < rowCount; i++) {
          rows.add(TestRows.random(type, 50, random), TestRows.random(DataType.F64, 50, random));
        }
        check(rows, Way.SLOTS, 0, aggregatesOf(type, 0), "seed " + SEED + ", " + type);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void givesNoRowsForNoRows(Way way) {
    TestRows rows = randomRows(way, DataType.F64, 0, 10, new SplittableRandom(1));
    assertThat(run(rows, way, 2, aggregatesOf(DataType.F64, 2), 2, 4096, 700)).isEmpty();
  }

  @Test
  void groupsByKeysOfEveryType() {
    for (DataType type : DataType.values()) {
      SplittableRandom random = new SplittableRandom(SEED + type.ordinal());
      TestRows rows = new TestRows(type, DataType.I32);
      for (int i = 0; i < 2_000; i++) {
        rows.add(TestRows.random(type, 60, random), TestRows.random(DataType.I32, 60, random));
      }
      List<AggregateColumn> aggregates =
          List.of(
              aggregate(AggregateFunction.COUNT),
              aggregate(AggregateFunction.SUM, DataType.I32, 1));
      assertSame(
          run(rows, Way.HASHED, 1, aggregates, 2, 192, 300),
          NaiveAggregates.of(rows.rows, 1, aggregates),
          "seed " + SEED + ", " + type);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"HASHED_LOOSE", "HASHED_FULL"})
  void keysOfEveryTypeThatHardlyRepeatMayBeKeptUngrouped(Way way) {
    List<AggregateColumn> aggregates =
        List.of(
            aggregate(AggregateFunction.COUNT), aggregate(AggregateFunction.SUM, DataType.F64, 2));
    for (DataType type : DataType.values()) {
      SplittableRandom random = new SplittableRandom(SEED + type.ordinal());
      TestRows rows = new TestRows(type, DataType.I32, DataType.F64);
      for (int i = 0; i < 2_000; i++) {
        rows.add(
            TestRows.random(type, 900, random),
            TestRows.random(DataType.I32, 900, random),
            TestRows.random(DataType.F64, 60, random));
      }
      check(rows, way, 2, aggregates, "seed " + SEED + ", " + type);
      if (type.isVariable()) {
        check(rows, way, 1, aggregates, "seed " + SEED + ", one key of " + type);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"HASHED", "HASHED_CODES"})
  void groupsByMoreKeysThanAByteHasBits(Way way) {
    SplittableRandom random = new SplittableRandom(SEED);
    DataType[] types = DataType.values();
    TestRows rows = new TestRows(types);
    for (int i = 0; i < 1_500; i++) {
      Object[] row = new Object[types.length];
      for (int c = 0; c < row.length; c++) {
        // Rows that differ in nothing but a null, and others.
        row[c] = i % 2 == 0 && c != i % row.length ? value(types[c]) : null;
        row[c] = i % 5 == 0 ? TestRows.random(types[c], 3, random) : row[c];
      }
      rows.add(row);
    }
    check(rows, way, types.length, List.of(aggregate(AggregateFunction.COUNT)), "seed " + SEED);
  }

  private static Object value(DataType type) {
    return type.isVariable() ? "some" : type.isFloating() ? (Object) 1.5 : (Object) 1L;
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void keepsTheFirstRowsOfAnOrderWhereOthersMayBeLeftOut(Way way) {
    TestRows rows = randomRows(way, DataType.F64, 4_000, 800, new SplittableRandom(SEED));
    List<AggregateColumn> aggregates =
        List.of(
            aggregate(AggregateFunction.COUNT),
            aggregate(AggregateFunction.MIN, DataType.F64, 2),
            new AggregateColumn(
                AggregateFunction.LARGEST, List.of(3), List.of(DataType.F64), 2, "largest"));
    List<List<@Nullable Object>> all = run(rows, way, 2, aggregates, 1, 4096, 700);
    for (boolean descending : new boolean[] {false, true}) {
      for (int n : new int[] {0, 1, 10, 300}) {
        List<SortOrder.Key> keys =
            List.of(
                new SortOrder.Key(2, descending, descending), new SortOrder.Key(3, true, false));
        String place = "seed %d, %d rows, descending: %b".formatted(SEED, n, descending);
        List<List<@Nullable Object>> some = some(rows, way, aggregates, new WantedGroups(n, keys));
        assertThat(first(some, n, descending)).as(place).isEqualTo(first(all, n, descending));
        if (n <= 1) { // some parts have no more than ten groups
          assertThat(some.size()).as(place).isLessThan(all.size());
        }
      }
    }
    for (int n : new int[] {0, 1, 10, 300, 1_000_000}) {
      List<List<@Nullable Object>> some =
          some(rows, way, aggregates, new WantedGroups(n, List.of()));
      String place = "seed %d, %d rows".formatted(SEED, n);
      int most = Math.min(n, all.size());
      assertThat(some.subList(0, most)).as(place).isEqualTo(all.subList(0, most));
      if (n < all.size() / 2) {
        assertThat(some.size()).as(place).isLessThan(all.size());
      }
    }
  }

  private static List<List<@Nullable Object>> some(
      TestRows rows, Way way, List<AggregateColumn> aggregates, WantedGroups wanted) {
    try (QueryContext context = new QueryContext(QueryOptions.defaults().withThreads(3))) {
      QueryMemory.Region data = context.memory().region();
      return run(context, data, rows, way, 2, aggregates, 700, wanted);
    }
  }

  /** By the number in column 2, then by the greatest in column 3, nulls behind it; stable. */
  private static List<List<@Nullable Object>> first(
      List<List<@Nullable Object>> rows, int n, boolean descending) {
    Comparator<List<@Nullable Object>> byCount = Comparator.comparingLong(row -> (Long) row.get(2));
    Comparator<List<@Nullable Object>> byLeast =
        Comparator.comparingDouble(
            row -> row.get(3) instanceof Double value ? -(value + 0.0) : Double.POSITIVE_INFINITY);
    Comparator<List<@Nullable Object>> isNull = Comparator.comparing(row -> row.get(3) == null);
    Comparator<List<@Nullable Object>> isNumber =
        Comparator.comparing(row -> !(row.get(3) instanceof Double d && d.isNaN()));
    return rows.stream()
        .sorted(
            (descending ? byCount.reversed() : byCount)
                .thenComparing(isNull)
                .thenComparing(isNumber)
                .thenComparing(byLeast))
        .limit(n)
        .toList();
  }

  @Test
  void aSumBeyondI64IsAnErrorOnlyAsTheResult() {
    TestRows rows = new TestRows(DataType.I64).add(Long.MAX_VALUE).add(1L).add(-1L);
    List<AggregateColumn> sum = List.of(aggregate(AggregateFunction.SUM, DataType.I64, 0));
    assertThat(run(rows, Way.SLOTS, 0, sum, 1, 4096, 8)).containsExactly(List.of(Long.MAX_VALUE));
    rows.add(1L);
    assertThatThrownBy(() -> run(rows, Way.SLOTS, 0, sum, 1, 4096, 8))
        .isInstanceOf(ComputationException.class)
        .hasMessageContaining("9223372036854775808");
    List<AggregateColumn> mean = List.of(aggregate(AggregateFunction.MEAN, DataType.I64, 0));
    assertThat(run(rows, Way.SLOTS, 0, mean, 1, 4096, 8)).containsExactly(List.of(0x1p63 / 4));
  }

  @Test
  void equalValuesVaryByExactlyNothing() {
    TestRows rows = new TestRows(DataType.U8, DataType.F64);
    for (int i = 0; i < 5_000; i++) {
      rows.add((long) (i % 3), 0.1);
    }
    List<AggregateColumn> deviations =
        List.of(
            aggregate(AggregateFunction.STANDARD_DEVIATION, DataType.F64, 1),
            aggregate(AggregateFunction.VARIANCE_POPULATION, DataType.F64, 1));
    assertThat(run(rows, Way.SLOTS, 1, deviations, 2, 64, 500))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row.subList(1, 3)).containsExactly(0.0, 0.0));
    assertThat(run(rows, Way.SLOTS, 0, deviations, 2, 64, 500)).containsExactly(List.of(0.0, 0.0));
  }

  @Test
  void varianceSurvivesALargeOffset() {
    TestRows rows = new TestRows(DataType.F64);
    for (int i = 0; i < 10_000; i++) {
      rows.add(1e9 + i % 2);
    }
    List<AggregateColumn> variance =
        List.of(aggregate(AggregateFunction.VARIANCE_POPULATION, DataType.F64, 0));
    Object result = run(rows, Way.SLOTS, 0, variance, 2, 4096, 1024).getFirst().getFirst();
    assertThat((Double) result).isCloseTo(0.25, org.assertj.core.data.Offset.offset(1e-12));
  }

  @Test
  void nanIsKeptBySumsAndSkippedByExtremes() {
    TestRows rows = new TestRows(DataType.F64).add(1.0).add(Double.NaN).add(-0.0).add(0.0);
    List<AggregateColumn> aggregates =
        List.of(
            aggregate(AggregateFunction.SUM, DataType.F64, 0),
            aggregate(AggregateFunction.MIN, DataType.F64, 0),
            aggregate(AggregateFunction.MAX, DataType.F64, 0),
            aggregate(AggregateFunction.COUNT_DISTINCT, DataType.F64, 0),
            new AggregateColumn(
                AggregateFunction.QUANTILE, List.of(0), List.of(DataType.F64), 1, "max"));
    assertThat(run(rows, Way.SLOTS, 0, aggregates, 1, 4096, 8))
        .containsExactly(Arrays.asList(Double.NaN, -0.0, 1.0, 3L, Double.NaN));
  }

  @Test
  void refusesMoreGroupsThanMemoryHolds() {
    TestRows rows = new TestRows(DataType.I64);
    for (long i = 0; i < 20_000; i++) {
      rows.add(i);
    }
    try (QueryContext context =
        new QueryContext(QueryOptions.defaults().withMemoryLimitBytes(1 << 20))) {
      try (QueryMemory.Region data = new QueryMemory(1 << 30).detachedRegion()) {
        MemoryTable table = rows.table(4096, data, false);
        AggregateSink sink =
            new AggregateSink(
                context,
                List.of(new GroupKey(DataType.I64, null)),
                List.of(aggregate(AggregateFunction.COUNT)),
                20_000,
                null,
                context.memory().region());
        assertThatThrownBy(() -> Driver.run(context, Pipeline.of(table), sink))
            .isInstanceOf(MemoryBudgetException.class);
      }
    }
  }

  private static void check(
      TestRows rows, Way way, int keys, List<AggregateColumn> aggregates, String place) {
    List<List<@Nullable Object>> first = run(rows, way, keys, aggregates, 1, 4096, 700);
    assertSame(first, NaiveAggregates.of(rows.rows, keys, aggregates), place);
    for (int[] other : new int[][] {{1, 64}, {2, 192}, {5, 4096}}) {
      assertThat(run(rows, way, keys, aggregates, other[0], other[1], 700))
          .as("%s, %d threads, batches of %d", place, other[0], other[1])
          .isEqualTo(first);
    }
  }

  private static List<List<@Nullable Object>> run(
      TestRows rows,
      Way way,
      int keys,
      List<AggregateColumn> aggregates,
      int threads,
      int batchRows,
      int blockRows) {
    QueryOptions options = QueryOptions.defaults().withThreads(threads).withBatchRows(batchRows);
    try (QueryContext context = new QueryContext(options)) {
      QueryMemory.Region data = context.memory().region();
      return run(context, data, rows, way, keys, aggregates, blockRows);
    }
  }

  /** Runs in {@code context} over a table in memory of {@code data}. */
  static List<List<@Nullable Object>> run(
      QueryContext context,
      QueryMemory.Region data,
      TestRows rows,
      Way way,
      int keys,
      List<AggregateColumn> aggregates,
      int blockRows) {
    return run(context, data, rows, way, keys, aggregates, blockRows, null);
  }

  private static List<List<@Nullable Object>> run(
      QueryContext context,
      QueryMemory.Region data,
      TestRows rows,
      Way way,
      int keys,
      List<AggregateColumn> aggregates,
      int blockRows,
      @Nullable WantedGroups wanted) {
    boolean coded = way.isCoded();
    MemoryTable table = rows.table(blockRows, data, coded);
    List<GroupKey> groupKeys = new ArrayList<>();
    List<KeyDomain> domains = new ArrayList<>();
    for (int k = 0; k < keys; k++) {
      DataType type = rows.types.get(k);
      KeyDomain domain =
          type.isVariable()
              ? (coded && table.blockCount() > 0
                  ? KeyDomain.of(table.blocks().getFirst().vectors()[k].dictionary())
                  : null)
              : KeyDomain.ofType(new GroupKey(type, null));
      groupKeys.add(new GroupKey(type, domain));
      domains.add(domain == null ? KeyDomain.of(0, 0) : domain);
    }
    GroupingChoice choice =
        switch (way) {
          case SLOTS -> GroupingChoice.of(groupKeys, Long.MAX_VALUE, true);
          case PACKED -> new GroupingChoice.Packed(domains, 1 << 20, PARTS, -1);
          case PACKED_LOOSE -> new GroupingChoice.Packed(domains, FEW, PARTS, -1);
          case PACKED_APART ->
              new GroupingChoice.Packed(
                  domains, FEW, PARTS, ArgumentCells.suit(sinkSet(aggregates)) ? 1 : -1);
          case HASHED, HASHED_CODES ->
              keys == 0
                  ? GroupingChoice.of(groupKeys, -1, true)
                  : new GroupingChoice.Hashed(rows.types.subList(0, keys));
          case HASHED_LOOSE ->
              new GroupingChoice.Hashed(rows.types.subList(0, keys), FEW, Long.MAX_VALUE);
          case HASHED_FULL ->
              new GroupingChoice.Hashed(rows.types.subList(0, keys), FEW, FEW_BYTES);
        };
    if (way == Way.SLOTS && table.blockCount() > 0) {
      assertThat(choice).isInstanceOf(GroupingChoice.Slots.class);
    }
    AggregateSink sink =
        new AggregateSink(
            context, groupKeys, aggregates, choice, ROWS, wanted, context.memory().region());
    Driver.run(context, Pipeline.of(table), sink);
    boolean loosens =
        way.loosens() && rows.rows.size() > 1000 && ArgumentCells.suit(sinkSet(aggregates));
    assertThat(sink.looseRowCount() > 0).as("%s keeps rows ungrouped", way).isEqualTo(loosens);
    return TestRows.rowsOf(sink.rows());
  }

  private static AggregateSet sinkSet(List<AggregateColumn> aggregates) {
    return AggregateSet.of(aggregates, false);
  }

  /** Rows of two keys, which suit {@code way}, an argument of {@code type} and one of f64. */
  static TestRows randomRows(
      Way way, DataType type, int rowCount, int groups, SplittableRandom random) {
    DataType second = way == Way.SLOTS || way == Way.PACKED_APART ? DataType.U8 : DataType.I32;
    TestRows rows = new TestRows(DataType.UTF8, second, type, DataType.F64);
    for (int i = 0; i < rowCount; i++) {
      rows.add(
          TestRows.random(DataType.UTF8, groups, random),
          TestRows.random(second, 4, random),
          TestRows.random(type, 50, random),
          TestRows.random(DataType.F64, 50, random));
    }
    return rows;
  }

  /** As {@link #aggregatesOf(DataType, int)}, without those for which rows are never kept. */
  static List<AggregateColumn> aggregatesOf(Way way, DataType type, int at) {
    List<AggregateColumn> aggregates = aggregatesOf(type, at);
    if (way.loosens()) {
      aggregates.removeIf(
          a -> a.function() == AggregateFunction.FIRST || a.function() == AggregateFunction.LAST);
    }
    return aggregates;
  }

  /** Every aggregate that takes {@code type} in column {@code at}; f64 is in the next. */
  private static List<AggregateColumn> aggregatesOf(DataType type, int at) {
    List<AggregateColumn> aggregates = new ArrayList<>();
    for (AggregateFunction function : AggregateFunction.values()) {
      boolean any =
          switch (function) {
            case COUNT_PRESENT, MIN, MAX, FIRST, LAST, COUNT_DISTINCT, APPROXIMATE_COUNT_DISTINCT ->
                true;
            default -> false;
          };
      if (function == AggregateFunction.COUNT) {
        aggregates.add(aggregate(function));
      } else if (function == AggregateFunction.CORRELATION && type.isNumeric()) {
        aggregates.add(
            new AggregateColumn(
                function, List.of(at, at + 1), List.of(type, DataType.F64), 0, "corr"));
      } else if (function.arity() == 1 && (any || type.isNumeric())) {
        double parameter =
            function == AggregateFunction.QUANTILE
                ? 0.3
                : function == AggregateFunction.LARGEST ? 3 : 0;
        aggregates.add(
            new AggregateColumn(function, List.of(at), List.of(type), parameter, function.label()));
        if (function == AggregateFunction.LARGEST) {
          aggregates.add(
              new AggregateColumn(function, List.of(at), List.of(type), 11, "largest eleven"));
        }
      }
    }
    return aggregates;
  }

  private static AggregateColumn aggregate(AggregateFunction function) {
    return new AggregateColumn(function, List.of(), List.of(), 0, function.label());
  }

  private static AggregateColumn aggregate(AggregateFunction function, DataType type, int at) {
    return new AggregateColumn(function, List.of(at), List.of(type), 0, function.label());
  }

  /** Compares as sets of rows, floating point within the last digits. */
  private static void assertSame(
      List<List<@Nullable Object>> actual, List<List<@Nullable Object>> expected, String place) {
    assertThat(actual.size()).as(place).isEqualTo(expected.size());
    List<List<@Nullable Object>> a = sorted(actual);
    List<List<@Nullable Object>> e = sorted(expected);
    for (int r = 0; r < a.size(); r++) {
      for (int c = 0; c < a.get(r).size(); c++) {
        assertThat(close(a.get(r).get(c), e.get(r).get(c)))
            .as("%s: row %d, column %d: %s, expected %s", place, r, c, a.get(r), e.get(r))
            .isTrue();
      }
    }
  }

  private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
    Map<List<@Nullable Object>, String> places = new IdentityHashMap<>();
    rows.forEach(row -> places.put(row, order(row)));
    List<List<@Nullable Object>> copy = new ArrayList<>(rows);
    copy.sort(Comparator.comparing(places::get));
    return copy;
  }

  /** Keys and what is exact come first; the values of largest are the only other difference. */
  private static String order(List<@Nullable Object> row) {
    return row.stream()
        .map(v -> v instanceof Double d && !Double.isNaN(d) ? "%.6e".formatted(d + 0.0) : "" + v)
        .toList()
        .toString();
  }

  private static boolean close(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Double x && b instanceof Double y) {
      return x.equals(y)
          || Math.abs(x - y) <= 1e-9 * Math.max(1e-3, Math.max(Math.abs(x), Math.abs(y)));
    }
    return java.util.Objects.equals(a, b);
  }
}
