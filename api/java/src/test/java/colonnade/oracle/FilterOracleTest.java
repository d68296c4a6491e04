package colonnade.oracle;

import colonnade.DataType;
import colonnade.Expr;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random nested conditions and values, as filters and as columns, and the edges of blocks. */
class FilterOracleTest {
  private static final int QUERIES = 25;

  @TempDir Path folder;

  @Test
  void randomFiltersAgreeWithDuckDb() {
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int rows : new int[] {0, 1, 63, 64, 65, 1000, 4095, 4097}) {
        check.oneStorage(
            RandomTables.of(RandomTables.everyType(), rows, check.random),
            (table, data) -> {
              RandomConditions conditions = new RandomConditions(check.random);
              Sql sql = new Sql(data.schema(), "");
              for (int q = 0; q < QUERIES; q++) {
                Expression first = conditions.condition(check.random.nextInt(4));
                Expression second = conditions.condition(check.random.nextInt(3));
                check.rows(
                    table
                        .filter(new Expr(first))
                        .filter(new Expr(second))
                        .select("n", "utf8", "f64"),
                    "select n, utf8, f64 from t where "
                        + sql.of(first)
                        + " and "
                        + sql.of(second)
                        + " order by rid");
              }
            });
      }
    }
  }

  @Test
  void randomValuesAgreeWithDuckDb() {
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int rows : new int[] {1, 200, 2000}) {
        check.oneStorage(
            RandomTables.of(RandomTables.everyType(), rows, check.random),
            (table, data) -> {
              RandomConditions conditions = new RandomConditions(check.random);
              for (int q = 0; q < QUERIES; q++) {
                List<Expression> values = new ArrayList<>();
                values.add(conditions.number(3).expression());
                values.add(conditions.text(2));
                values.add(conditions.condition(3));
                check.values(table, data, values);
              }
            });
      }
    }
  }

  @Test
  void filtersAgreeAtTheEdgesOfBlocks() {
    Schema schema =
        new Schema(
            List.of(
                new Field("n", DataType.I64),
                new Field("f64", DataType.F64),
                new Field("utf8", DataType.UTF8)));
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int rows : new int[] {65_535, 65_536, 65_537}) {
        check.oneStorage(
            RandomTables.of(schema, rows, check.random),
            (table, data) -> {
              check.rows(table, "select n, f64, utf8 from t order by rid");
              check.rows(
                  table.filter(Expr.col("n").gt(990_000).or(Expr.col("f64").lt(-1e6))),
                  "select n, f64, utf8 from t where n > 990000 or (not isnan(f64) and f64 < -1e6)"
                      + " order by rid");
              check.rows(
                  table.limit(65_530, 10),
                  "select n, f64, utf8 from t order by rid limit 10 offset 65530");
            });
      }
    }
  }
}
