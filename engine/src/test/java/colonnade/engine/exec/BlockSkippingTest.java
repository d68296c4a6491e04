package colonnade.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.observe.ProgressListener.Progress;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.SortKey;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Vector;
import colonnade.engine.store.Verifier;
import colonnade.engine.store.WriteOptions;
import colonnade.engine.store.format.ManifestText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of three and a half blocks whose first column is in order. */
class BlockSkippingTest {
  private static final int ROWS = 3 * Sizes.BLOCK_ROWS + 30_000;
  private static final Schema SCHEMA = Schema.of("n", DataType.I64, "x", DataType.F64);

  @TempDir Path directory;

  @BeforeEach
  void write() {
    try (QueryMemory memory = new QueryMemory(1 << 28);
        TableWriter writer = TableWriter.create(table(), SCHEMA, WriteOptions.DEFAULT)) {
      ColumnBuilder n = new ColumnBuilder(DataType.I64, memory.region());
      ColumnBuilder x = new ColumnBuilder(DataType.F64, memory.region());
      for (int row = 0; row < ROWS; row++) {
        n.appendLong(row);
        x.appendDouble(1.0 / (row + 1));
      }
      writer.write(new Vector[] {n.vector(0), x.vector(0)}, ROWS);
    }
  }

  private Path table() {
    return directory.resolve("table");
  }

  @Test
  void givesTheSameRowsAsATestOfEveryRow() {
    try (Snapshot snapshot = TableStore.open(table())) {
      int[] bounds = {-1, 0, 1, 65_535, 65_536, 65_537, 140_000, ROWS - 1, ROWS, ROWS + 1};
      for (int low : bounds) {
        for (int high : bounds) {
          Expression range =
              call(
                  Function.AND,
                  call(Function.GREATER_OR_EQUAL, column("n"), number(low)),
                  call(Function.LESS, column("n"), number(high)));
          // Of a sum, statistics know nothing.
          Expression unknown =
              call(
                  Function.AND,
                  call(
                      Function.GREATER_OR_EQUAL,
                      call(Function.ADD, column("n"), number(1)),
                      number(low + 1)),
                  call(
                      Function.LESS, call(Function.ADD, column("n"), number(1)), number(high + 1)));
          for (int batchRows : new int[] {64, Sizes.BATCH_ROWS}) {
            QueryOptions options = QueryOptions.defaults().withThreads(3).withBatchRows(batchRows);
            assertThat(summary(snapshot, range, options))
                .as("%d to %d", low, high)
                .isEqualTo(summary(snapshot, unknown, options))
                .element(0)
                .isEqualTo((long) Math.max(0, Math.min(high, ROWS) - Math.max(low, 0)));
          }
        }
      }
    }
  }

  @Test
  void readsOnlyBlocksThatMayHavePassingRows() {
    try (Snapshot snapshot = TableStore.open(table())) {
      Expression early = call(Function.LESS, column("n"), number(70_000));
      assertThat(rowsRead(snapshot, early)).isEqualTo(2 * Sizes.BLOCK_ROWS);
      Expression late = call(Function.GREATER, column("n"), number(3 * Sizes.BLOCK_ROWS + 5));
      assertThat(rowsRead(snapshot, late)).isEqualTo(30_000);
      Expression none = call(Function.LESS, column("n"), number(0));
      assertThat(rowsRead(snapshot, none)).isZero();
      assertThat(snapshot.mappedFileCount()).isEqualTo(2);
    }
  }

  @Test
  void mapsNothingWhenNoRowCanPass() {
    try (Snapshot snapshot = TableStore.open(table())) {
      Expression none =
          call(Function.GREATER, column("x"), new Expression.Literal(DataType.F64, 2.0));
      assertThat(summary(snapshot, none, QueryOptions.defaults())).element(0).isEqualTo(0L);
      assertThat(snapshot.mappedFileCount()).isZero();
    }
  }

  @Test
  void explainsWhatStatisticsSpare() {
    try (Snapshot snapshot = TableStore.open(table())) {
      Plan plan =
          Plan.Filter.of(
              Plan.Scan.of(new SnapshotSource(snapshot)),
              call(Function.LESS, column("n"), number(70_000)));
      assertThat(Executor.explain(plan))
          .contains("2 of 4 blocks are read, 1 of them untested, 1 by binary search");
      assertThat(snapshot.mappedFileCount()).isZero();
    }
  }

  @Test
  void leavesOutASortByAColumnInOrder() {
    try (Snapshot snapshot = TableStore.open(table())) {
      Plan rows =
          Plan.Project.of(
              Plan.Filter.of(
                  Plan.Scan.of(new SnapshotSource(snapshot)),
                  call(Function.GREATER, column("x"), new Expression.Literal(DataType.F64, 0.0))),
              List.of(new Named("m", column("n")), new Named("y", column("x"))));
      Plan ascending = Plan.Sort.of(rows, List.of(new SortKey(column("m"), false, true)));
      assertThat(Executor.explain(ascending)).startsWith("sort by m nulls first: already in order");
      Plan descending = Plan.Sort.of(rows, List.of(new SortKey(column("y"), true, false)));
      assertThat(Executor.explain(descending)).startsWith("sort by y descending: already in order");
      for (Plan other :
          List.of(
              Plan.Sort.of(rows, List.of(new SortKey(column("m"), true, false))),
              Plan.Sort.of(rows, List.of(new SortKey(column("y"), false, false))),
              Plan.Sort.of(
                  rows,
                  List.of(
                      new SortKey(column("m"), false, false),
                      new SortKey(column("y"), false, false))))) {
        assertThat(Executor.explain(other)).doesNotContain("already in order");
      }
      List<Progress> told = new ArrayList<>();
      QueryOptions options = QueryOptions.defaults().withThreads(1).withProgress(told::add);
      Plan limit =
          Plan.Limit.of(Plan.Sort.of(rows, List.of(new SortKey(column("m"), false, false))), 2, 3);
      try (MemoryTable first = Executor.collect(limit, options)) {
        assertThat(first.blocks().getFirst().vectors()[0].longAt(0)).isEqualTo(2);
        assertThat(first.rowCount()).hasValue(3);
      }
      assertThat(told.getLast().rows()).isLessThan(ROWS / 2);
    }
  }

  @Test
  void staysWithinTheTableIfTheManifestLiesAboutOrder() throws IOException {
    Path shuffled = directory.resolve("shuffled");
    try (QueryMemory memory = new QueryMemory(1 << 28);
        TableWriter writer =
            TableWriter.create(shuffled, Schema.of("n", DataType.I64), WriteOptions.DEFAULT)) {
      ColumnBuilder n = new ColumnBuilder(DataType.I64, memory.region());
      for (int row = 0; row < 30_000; row++) {
        n.appendLong(row * 7919L % 30_000);
      }
      writer.write(new Vector[] {n.vector(0)}, 30_000);
    }
    for (String lie : List.of("ascending", "descending", "constant")) {
      ManifestText.rewrite(
          shuffled.resolve("manifest-000000000001"),
          text ->
              text.replaceAll("\"sorted\": \"[a-z]+\"", "\"sorted\": \"" + lie + "\"")
                  .replaceAll(
                      "(\"tailStatistics\": \\{[^}]*\\d)}", "$1, \"sorted\": \"" + lie + "\"}"));
      assertThat(Verifier.verify(shuffled).isSound()).isFalse();
      try (Snapshot snapshot = TableStore.open(shuffled)) {
        Plan scan = Plan.Scan.of(new SnapshotSource(snapshot));
        for (int low = -1; low < 30_002; low += 1000) {
          Expression range =
              call(
                  Function.AND,
                  call(Function.GREATER, column("n"), number(low)),
                  call(Function.LESS, column("n"), number(low + 500)));
          Plan count =
              Plan.Aggregate.of(
                  Plan.Filter.of(scan, range),
                  List.of(),
                  List.of(aggregate("count", AggregateFunction.COUNT)));
          assertThat((Long) row(count, QueryOptions.defaults()).getFirst()).isBetween(0L, 30_000L);
        }
        Plan sort = Plan.Sort.of(scan, List.of(new SortKey(column("n"), false, false)));
        try (MemoryTable all = Executor.collect(sort, QueryOptions.defaults())) {
          assertThat(all.rowCount()).hasValue(30_000);
        }
      }
    }
  }

  @Test
  void sumsAWholeBlockAtOnceToTheSameBits() {
    try (Snapshot snapshot = TableStore.open(table())) {
      Plan plan = sums(Plan.Scan.of(new SnapshotSource(snapshot)));
      QueryOptions options = QueryOptions.defaults();
      assertThat(row(plan, options))
          .isEqualTo(row(plan, options.withBatchRows(64).withThreads(1)))
          .isEqualTo(row(plan, options.withSimd(false)));
    }
  }

  private static long rowsRead(Snapshot snapshot, Expression condition) {
    List<Progress> told = new ArrayList<>();
    QueryOptions options = QueryOptions.defaults().withThreads(1).withProgress(told::add);
    summary(snapshot, condition, options);
    Progress last = told.stream().filter(p -> p.pass() == 1).toList().getLast();
    assertThat(last.rows()).isEqualTo(last.totalRows());
    long whole = snapshot.bytesOnDisk(0) + snapshot.bytesOnDisk(1);
    double expected = (double) whole / ROWS * last.rows();
    assertThat((double) last.bytes()).isCloseTo(expected, within(1.0));
    assertThat(last.bytes()).isEqualTo(last.totalBytes());
    return last.rows();
  }

  private static List<Object> summary(
      Snapshot snapshot, Expression condition, QueryOptions options) {
    Plan scan = Plan.Scan.of(new SnapshotSource(snapshot));
    return row(sums(Plan.Filter.of(scan, condition)), options);
  }

  private static Plan sums(Plan rows) {
    return Plan.Aggregate.of(
        rows,
        List.of(),
        List.of(
            aggregate("count", AggregateFunction.COUNT),
            aggregate("n", AggregateFunction.SUM, column("n")),
            aggregate("deviation", AggregateFunction.STANDARD_DEVIATION, column("x")),
            aggregate("x", AggregateFunction.SUM, column("x"))));
  }

  private static Named aggregate(String name, AggregateFunction function, Expression... of) {
    return new Named(name, new Expression.Aggregate(function, List.of(of), 0));
  }

  private static List<Object> row(Plan plan, QueryOptions options) {
    try (MemoryTable result = Executor.collect(plan, options)) {
      List<Object> cells = new ArrayList<>();
      for (Vector vector : result.blocks().getFirst().vectors()) {
        Object value =
            vector.type() == DataType.F64 ? (Object) vector.doubleAt(0) : vector.longAt(0);
        cells.add(vector.isNull(0) ? null : value);
      }
      return cells;
    }
  }

  private static Expression column(String name) {
    return new Expression.Column(name);
  }

  private static Expression number(long value) {
    return new Expression.Literal(DataType.I64, value);
  }

  private static Expression call(Function function, Expression... arguments) {
    return Expression.Call.of(function, arguments);
  }
}
