package colonnade.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.FlushPolicy;
import colonnade.Schema;
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
import colonnade.error.CancelledException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorTest {
  private static final int ROWS = 200_000;
  private static final Schema SCHEMA =
      Schema.of("n", DataType.I64, "half", DataType.F64, "name", DataType.UTF8);

  @TempDir Path directory;

  @Test
  void filtersMapsSortsAndLimitsTheSameAtAnyThreadCountAndBatchSize() {
    try (Snapshot snapshot = table()) {
      Plan plan = Plan.Scan.of(new SnapshotSource(snapshot));
      plan = Plan.Filter.of(plan, call(Function.LESS, column("n"), number(150_000)));
      plan =
          Plan.Project.adding(
              plan, new Named("minus", call(Function.SUBTRACT, number(0), column("n"))));
      plan =
          Plan.Sort.of(
              plan,
              List.of(
                  new SortKey(column("name"), false, false),
                  new SortKey(column("minus"), false, false)));
      List<String> expected = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        for (int n = ROWS - 1; n >= 0; n--) {
          if (n < 150_000 && name(n).equals(name)) {
            expected.add(n + " " + n / 2.0 + " " + name + " " + -n);
          }
        }
      }
      for (int threads : new int[] {1, 2, 5}) {
        for (int batch : new int[] {64, 4096}) {
          QueryOptions options = QueryOptions.defaults().withThreads(threads).withBatchRows(batch);
          assertThat(rows(plan, options)).isEqualTo(expected);
          assertThat(rows(Plan.Limit.of(plan, 3, 11), options)).isEqualTo(expected.subList(3, 14));
        }
      }
    }
  }

  @Test
  void writesAResultThatReadsBackInOrder() {
    try (Snapshot snapshot = table()) {
      Plan plan =
          Plan.Filter.of(
              Plan.Scan.of(new SnapshotSource(snapshot)),
              call(Function.GREATER_OR_EQUAL, column("n"), number(1000)));
      QueryOptions options = QueryOptions.defaults().withThreads(3);
      Path target = directory.resolve("written");
      try (TableWriter writer = TableWriter.create(target, plan.schema(), WriteOptions.DEFAULT)) {
        Executor.write(plan, options, writer);
      }
      try (Snapshot written = TableStore.open(target)) {
        assertThat(written.rowCount()).isEqualTo(ROWS - 1000);
        assertThat(rows(Plan.Scan.of(new SnapshotSource(written)), options))
            .isEqualTo(rows(plan, options));
      }
    }
  }

  @Test
  void appendsFilteredRowsInOrderFromTheMiddleOfABlock() {
    try (Snapshot snapshot = table()) {
      Plan scan = Plan.Scan.of(new SnapshotSource(snapshot));
      Plan few = Plan.Filter.of(scan, call(Function.EQUAL, column("name"), text("b")));
      Plan most =
          Plan.Filter.of(scan, call(Function.GREATER_OR_EQUAL, column("n"), number(70_000)));
      List<String> expected = new ArrayList<>();
      Path target = directory.resolve("appended");
      TableWriter.create(target, SCHEMA, WriteOptions.DEFAULT).close();
      for (int threads = 1; threads <= 4; threads++) {
        QueryOptions options = QueryOptions.defaults().withThreads(threads);
        WriteOptions writing =
            WriteOptions.DEFAULT.withFlushPolicy(FlushPolicy.rows(30_000L * threads));
        for (Plan plan : List.of(few, most, few)) {
          try (TableWriter writer = TableWriter.append(target, writing)) {
            Executor.write(plan, options, writer);
          }
          expected.addAll(rows(plan, options));
        }
      }
      try (Snapshot written = TableStore.open(target)) {
        assertThat(rows(Plan.Scan.of(new SnapshotSource(written)), QueryOptions.defaults()))
            .isEqualTo(expected);
      }
      assertThat(Verifier.verify(target).findings()).isEmpty();
    }
  }

  @Test
  void limitsWithoutReadingEverything() {
    try (Snapshot snapshot = table()) {
      Plan plan = Plan.Limit.of(Plan.Scan.of(new SnapshotSource(snapshot)), 0, 5);
      List<Long> read = new ArrayList<>();
      QueryOptions options =
          QueryOptions.defaults()
              .withThreads(1)
              .withProgress(progress -> read.add(progress.rows()));
      assertThat(rows(plan, options)).hasSize(5);
      assertThat(read.get(0)).isLessThanOrEqualTo(Sizes.BLOCK_ROWS);
    }
  }

  @Test
  void mapsOnlyTheColumnsThatAreUsed() {
    try (Snapshot snapshot = table()) {
      Plan plan =
          Plan.Project.of(
              Plan.Scan.of(new SnapshotSource(snapshot)), List.of(Named.of(column("n"))));
      Executor.collect(plan, QueryOptions.defaults()).close();
      assertThat(snapshot.mappedFileCount()).isEqualTo(1);
    }
  }

  @Test
  void stopsWhenCancelled() {
    try (Snapshot snapshot = table()) {
      Cancellation cancellation = new Cancellation();
      cancellation.cancel();
      QueryOptions options = QueryOptions.defaults().withCancellation(cancellation);
      assertThatThrownBy(
              () -> Executor.collect(Plan.Scan.of(new SnapshotSource(snapshot)), options))
          .isInstanceOf(CancelledException.class);
    }
  }

  @Test
  void leavesResultsUsableWhenTheTableIsClosed() {
    MemoryTable result;
    try (Snapshot snapshot = table()) {
      result =
          Executor.collect(Plan.Scan.of(new SnapshotSource(snapshot)), QueryOptions.defaults());
    }
    try (result) {
      assertThat(result.blocks().get(0).vectors()[2].textAt(1)).isEqualTo("b");
    }
  }

  private Snapshot table() {
    Path path = directory.resolve("table");
    try (QueryMemory memory = new QueryMemory(1 << 30);
        TableWriter writer = TableWriter.create(path, SCHEMA, WriteOptions.DEFAULT)) {
      ColumnBuilder[] columns = new ColumnBuilder[3];
      for (int from = 0; from < ROWS; from += 50_000) {
        for (int c = 0; c < 3; c++) {
          columns[c] = new ColumnBuilder(SCHEMA.type(c), memory.region());
        }
        for (int n = from; n < from + 50_000; n++) {
          columns[0].appendLong(n);
          columns[1].appendDouble(n / 2.0);
          columns[2].appendBytes(name(n).getBytes(StandardCharsets.UTF_8));
        }
        writer.write(
            new Vector[] {columns[0].vector(0), columns[1].vector(0), columns[2].vector(0)},
            50_000);
      }
    }
    return TableStore.open(path);
  }

  private static String name(int n) {
    return String.valueOf((char) ('a' + n % 7 % 3));
  }

  private static List<String> rows(Plan plan, QueryOptions options) {
    List<String> rows = new ArrayList<>();
    try (MemoryTable result = Executor.collect(plan, options)) {
      for (MemoryTable.Rows block : result.blocks()) {
        for (int i = 0; i < block.rowCount(); i++) {
          List<String> cells = new ArrayList<>();
          for (Vector vector : block.vectors()) {
            cells.add(
                switch (vector.type()) {
                  case F64 -> Double.toString(vector.doubleAt(i));
                  case UTF8 -> vector.textAt(i);
                  default -> Long.toString(vector.longAt(i));
                });
          }
          rows.add(String.join(" ", cells));
        }
      }
    }
    return rows;
  }

  private static Expression column(String name) {
    return new Expression.Column(name);
  }

  private static Expression number(long value) {
    return new Expression.Literal(DataType.I64, value);
  }

  private static Expression text(String value) {
    return new Expression.Literal(DataType.UTF8, value);
  }

  private static Expression call(Function function, Expression... arguments) {
    return Expression.Call.of(function, arguments);
  }
}
