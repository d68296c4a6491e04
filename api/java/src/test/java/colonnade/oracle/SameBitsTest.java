package colonnade.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Expr;
import colonnade.Field;
import colonnade.Frame;
import colonnade.Schema;
import colonnade.Table;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.plan.Expression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same query gives the same bits and the same order of rows at any number of threads, batch
 * size, and with SIMD kernels or without.
 */
class SameBitsTest {
  private static final int QUERIES = 20;
  private static final int[] BATCHES = {64, 192, 4096};
  private static final int[] THREADS = {1, 2, 5};

  @TempDir Path folder;

  @Test
  void randomQueriesGiveTheSameBitsHoweverTheyRun() {
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int rows : new int[] {1, 700, 9_000}) {
        OracleTable data = AggregateCases.table(rows, check.random);
        check.guarded(
            data,
            () -> {
              try (Table table = check.anyStorage(data)) {
                for (int q = 0; q < QUERIES; q++) {
                  sameBits(check, query(check, table), 3);
                }
              }
            });
      }
    }
  }

  @Test
  void queriesOverSeveralBlocksGiveTheSameBitsHoweverTheyRun() {
    List<Field> fields =
        List.of(
            new Field("n", DataType.I64),
            new Field("f64", DataType.F64),
            new Field("utf8", DataType.UTF8));
    try (OracleCheck check = new OracleCheck(folder)) {
      OracleTable data = RandomTables.of(new Schema(fields), 140_000, check.random);
      check.guarded(
          data,
          () -> {
            try (Table table = check.anyStorage(data)) {
              Expr x = Expr.col("f64");
              Expr calm = x.fillNan(0.1).clip(-1e6, 1e6);
              Expr[] sums = {
                Expr.count(),
                Expr.sum(calm),
                Expr.mean(calm),
                Expr.var(calm),
                Expr.corr(calm, Expr.col("n")),
                Expr.median("f64"),
                Expr.first("f64"),
                Expr.last("utf8"),
                Expr.countDistinct("utf8")
              };
              sameBits(check, table.aggregate(sums), 4);
              sameBits(check, table.groupBy("utf8").aggregate(sums), 3);
              sameBits(check, table.filter(Expr.col("n").gt(0)).aggregate(sums), 3);
              sameBits(check, table.groupBy(Expr.col("n").rem(100).as("k")).aggregate(sums), 3);
              sameBits(check, table.sort("utf8", "f64").limit(1000), 3);
              sameBits(check, table.filter(x.gt(1)).select("n", "utf8").distinct("utf8"), 3);
              sameBits(check, table.select(calm.normalize(Expr.zScore()).as("z")), 3);
            }
          });
    }
  }

  private static Frame query(OracleCheck check, Table table) {
    RandomConditions conditions = new RandomConditions(check.random);
    Expression value = conditions.number(3).expression();
    Frame rows =
        table
            .filter(new Expr(conditions.condition(check.random.nextInt(3))))
            .map("value", new Expr(value))
            .map("text", new Expr(conditions.text(1)));
    return switch (check.random.nextInt(6)) {
      case 0 -> rows.select("n", "value", "text");
      case 1 -> rows.sort("value", "text").select("n", "value", "text");
      case 2 ->
          rows.groupBy("text")
              .aggregate(
                  Expr.sum("rough"), Expr.std("exact"), Expr.max("value"), Expr.median("rough"));
      case 3 ->
          rows.aggregate(
              Expr.sum("rough"),
              Expr.var("rough"),
              Expr.mean("f64"),
              Expr.min("value"),
              Expr.quantile("rough", 0.3),
              Expr.corr("exact", "rough"),
              Expr.sum("f32"));
      case 4 -> rows.distinct("text", "bool").select("n", "value", "text");
      default ->
          rows.select(
              Expr.col("rough").normalize(Expr.zScore(), "bool").as("z"),
              Expr.col("exact").normalize(Expr.robust()).as("r"));
    };
  }

  /** Runs the query plainly, and in {@code count} random ways. */
  private static void sameBits(OracleCheck check, Frame query, int count) {
    QueryOptions plain = query.options().withThreads(1).withBatchRows(4096).withSimd(false);
    List<List<Object>> expected = bits(query.with(plain));
    for (int i = 0; i < count; i++) {
      QueryOptions options =
          plain
              .withThreads(THREADS[check.random.nextInt(THREADS.length)])
              .withBatchRows(BATCHES[check.random.nextInt(BATCHES.length)])
              .withSimd(i == 0 || check.random.nextBoolean());
      List<List<Object>> found = bits(query.with(options));
      String how =
          options.threads()
              + " threads, batches of "
              + options.batchRows()
              + ", SIMD "
              + options.simd();
      for (int r = 0; r < Math.min(found.size(), expected.size()); r++) {
        assertThat(found.get(r))
            .as("row %d, %s%n%s", r, how, query.explain())
            .isEqualTo(expected.get(r));
      }
      assertThat(found.size()).as(how).isEqualTo(expected.size());
    }
  }

  /** The rows with floating point as bits, where all NaN are one. */
  private static List<List<Object>> bits(Frame frame) {
    List<List<Object>> rows = new ArrayList<>();
    for (Object[] row : Cells.of(frame)) {
      List<Object> bits = new ArrayList<>();
      for (Object cell : row) {
        bits.add(cell instanceof Double d ? (Object) Double.doubleToLongBits(d) : cell);
      }
      rows.add(bits);
    }
    return rows;
  }
}
