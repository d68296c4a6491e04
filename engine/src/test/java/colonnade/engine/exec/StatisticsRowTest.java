package colonnade.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Vector;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers from statistics beside answers from all rows. */
class StatisticsRowTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field("n", DataType.I64),
              new Field("byte", DataType.I8),
              new Field("unsigned", DataType.U32),
              new Field("day", DataType.DATE),
              new Field("flag", DataType.BOOL),
              new Field("real", DataType.F64),
              new Field("single", DataType.F32),
              new Field("nan", DataType.F64),
              new Field("zero", DataType.F64),
              new Field("text", DataType.UTF8),
              new Field("nothing", DataType.I32)));

  @TempDir Path directory;

  @Test
  void isTheRowThatReadingAllRowsGives() {
    long seed = Long.getLong("seed", 20_261_123L);
    for (int rowCount : new int[] {0, 1, 1_000, Sizes.BLOCK_ROWS, Sizes.BLOCK_ROWS + 1}) {
      Path path = directory.resolve("rows" + rowCount);
      write(path, rowCount, new SplittableRandom(seed));
      try (Snapshot snapshot = TableStore.open(path)) {
        Plan scan = Plan.Scan.of(new SnapshotSource(snapshot));
        List<List<Object>> known = new ArrayList<>();
        for (Named each : aggregates()) {
          Plan.Aggregate plan = Plan.Aggregate.of(scan, List.of(), List.of(each));
          if (StatisticsRow.answers(plan)) {
            known.add(row(plan));
            assertThat(Executor.explain(plan)).contains("from statistics").contains("0 passes");
          } else {
            known.add(null);
          }
        }
        assertThat(snapshot.mappedFileCount()).as("nothing is mapped").isZero();
        // Statistics know nothing of a sum, so that all rows are read.
        Plan all =
            Plan.Filter.of(
                scan,
                Expression.Call.of(
                    Function.LESS,
                    Expression.Call.of(Function.ADD, new Expression.Column("n"), number(1)),
                    number(1L << 40)));
        int answered = 0;
        for (int i = 0; i < known.size(); i++) {
          Named each = aggregates().get(i);
          if (known.get(i) != null) {
            answered++;
            assertThat(known.get(i))
                .as("-Dseed=%d: %s of %d rows", seed, each, rowCount)
                .isEqualTo(row(Plan.Aggregate.of(all, List.of(), List.of(each))));
          }
        }
        assertThat(answered).isGreaterThan(20);
      }
    }
  }

  @Test
  void leavesToTheRowsWhatStatisticsDoNotTell() {
    Path path = directory.resolve("some");
    write(path, 1_000, new SplittableRandom(1));
    try (Snapshot snapshot = TableStore.open(path)) {
      Plan scan = Plan.Scan.of(new SnapshotSource(snapshot));
      for (Named each :
          List.of(
              aggregate(AggregateFunction.SUM, "n"),
              aggregate(AggregateFunction.MIN, "nan"),
              aggregate(AggregateFunction.MAX, "zero"),
              aggregate(AggregateFunction.MIN, "text"))) {
        Plan plan = Plan.Aggregate.of(scan, List.of(), List.of(each));
        assertThat(StatisticsRow.answers((Plan.Aggregate) plan)).as("%s", each).isFalse();
      }
    }
  }

  private static List<Named> aggregates() {
    List<Named> all = new ArrayList<>();
    all.add(new Named("count", new Expression.Aggregate(AggregateFunction.COUNT, List.of(), 0)));
    for (String column : SCHEMA.names()) {
      all.add(aggregate(AggregateFunction.COUNT_PRESENT, column));
      all.add(aggregate(AggregateFunction.MIN, column));
      all.add(aggregate(AggregateFunction.MAX, column));
    }
    return all;
  }

  private static Named aggregate(AggregateFunction function, String column) {
    return new Named(
        column, new Expression.Aggregate(function, List.of(new Expression.Column(column)), 0));
  }

  private static Expression number(long value) {
    return new Expression.Literal(DataType.I64, value);
  }

  private static void write(Path path, int rowCount, SplittableRandom random) {
    try (QueryMemory memory = new QueryMemory(1 << 28);
        TableWriter writer = TableWriter.create(path, SCHEMA, WriteOptions.DEFAULT)) {
      Vector[] vectors = new Vector[SCHEMA.size()];
      for (int c = 0; c < vectors.length; c++) {
        ColumnBuilder column = new ColumnBuilder(SCHEMA.type(c), memory.region());
        for (int row = 0; row < rowCount; row++) {
          boolean isNull = c > 0 && random.nextInt(9) == 0;
          switch (SCHEMA.name(c)) {
            case "real", "single" -> append(column, isNull, random.nextInt(1, 1_000) / 2.0);
            case "nan" -> append(column, isNull, row % 50 == 0 ? Double.NaN : random.nextInt(5));
            case "zero" -> append(column, isNull, random.nextBoolean() ? -0.0 : 0.0);
            case "text" -> column.appendBytes(new byte[] {(byte) random.nextInt('a', 'z')});
            case "nothing" -> column.appendNulls(1);
            case "flag" -> append(column, isNull, random.nextInt(2));
            default -> append(column, isNull, random.nextInt(-90, 90) & (c == 2 ? 63 : -1));
          }
        }
        vectors[c] = column.vector(0);
      }
      if (rowCount > 0) {
        writer.write(vectors, rowCount);
      }
    }
  }

  private static void append(ColumnBuilder column, boolean isNull, double value) {
    if (isNull) {
      column.appendNulls(1);
    } else {
      column.appendDouble(value);
    }
  }

  private static void append(ColumnBuilder column, boolean isNull, int value) {
    if (isNull) {
      column.appendNulls(1);
    } else {
      column.appendLong(value);
    }
  }

  private static List<Object> row(Plan plan) {
    try (MemoryTable result = Executor.collect(plan, QueryOptions.defaults())) {
      assertThat(result.rowCount()).hasValue(1);
      List<Object> cells = new ArrayList<>();
      for (Vector vector : result.blocks().getFirst().vectors()) {
        cells.add(
            vector.isNull(0)
                ? "null"
                : switch (vector.type()) {
                  case F64, F32 -> (Object) vector.doubleAt(0);
                  case UTF8 -> vector.textAt(0);
                  default -> vector.longAt(0);
                });
      }
      return cells;
    }
  }
}
