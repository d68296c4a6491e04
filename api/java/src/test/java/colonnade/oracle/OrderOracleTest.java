package colonnade.oracle;

import colonnade.DataType;
import colonnade.Expr;
import colonnade.Frame;
import colonnade.Order;
import colonnade.Table;
import colonnade.engine.plan.Expression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sort, limit and distinct, whose rows come in an order that DuckDB is asked for by row number. */
class OrderOracleTest {
  private static final int QUERIES = 20;

  @TempDir Path folder;

  @Test
  void randomSortsAgreeWithDuckDb() {
    forRows((check, table, data) -> {
      List<Order> orders = new ArrayList<>();
      List<String> sql = new ArrayList<>();
      keys(check, data, orders, sql);
      Frame sorted = table.sort(orders.toArray(Order[]::new));
      String select = "select n, utf8, f64 from t order by " + String.join(", ", sql) + ", rid";
      // Stable: rows that are equal keep their order.
      check.rows(sorted.select("n", "utf8", "f64"), select);
      long offset = check.random.nextInt(4) * 7L;
      long count = check.random.nextInt(200);
      check.rows(
          sorted.limit(offset, count).select("n", "utf8", "f64"),
          select + " limit " + count + " offset " + offset);
    });
  }

  /** Which of several groups that tie is last is open, but not what they are ordered by. */
  @Test
  void limitsOfGroupsAgreeWithDuckDb() {
    forRows((check, table, data) -> {
      List<String> keys = new ArrayList<>(List.of(pick(check, List.of("utf8", "i32", "f64"))));
      if (check.random.nextBoolean()) {
        keys.add("i16");
      }
      boolean descending = check.random.nextBoolean();
      Expr least = Expr.min("f32").as("m");
      Frame groups =
          table.groupBy(keys.toArray(String[]::new)).aggregate(Expr.count().as("c"), least);
      Order byCount = descending ? Expr.desc("c") : Expr.asc("c");
      long offset = check.random.nextInt(4) * 7L;
      long count = check.random.nextInt(60);
      check.rows(
          groups.sort(byCount, Expr.desc("m").nullsLast()).limit(offset, count).select("c", "m"),
          "select count(*) c, min(f32) m from t group by \""
              + String.join("\", \"", keys)
              + "\" order by c "
              + (descending ? "desc" : "asc")
              + ", m desc nulls last limit "
              + count
              + " offset "
              + offset);
      check.rows(
          groups.limit(count).aggregate(Expr.count().as("n")),
          "select count(*) from (select 1 from t group by \""
              + String.join("\", \"", keys)
              + "\" limit "
              + count
              + ")");
    });
  }

  @Test
  void limitsAfterFiltersAgreeWithDuckDb() {
    forRows((check, table, data) -> {
      Expression condition = new RandomConditions(check.random).condition(1);
      long offset = check.random.nextInt(100);
      long count = check.random.nextInt(300);
      check.rows(
          table.filter(new Expr(condition)).limit(offset, count).select("n", "f32"),
          "select n, f32 from t where "
              + new Sql(data.schema(), "").of(condition)
              + " order by rid limit "
              + count
              + " offset "
              + offset);
    });
  }

  @Test
  void distinctKeepsTheFirstRowOfEachCombination() {
    forRows((check, table, data) -> {
      List<String> names = new ArrayList<>();
      for (int k = check.random.nextInt(1, 4); k > 0; k--) {
        String name = pick(check, List.of(DataType.values())).label();
        if (!names.contains(name)) {
          names.add(name);
        }
      }
      String by = "\"" + String.join("\", \"", names) + "\"";
      check.rows(
          table.distinct(names.toArray(String[]::new)).select("n", "utf8", "f64"),
          "select n, utf8, f64 from (select *, row_number() over (partition by "
              + by
              + " order by rid) k from t) where k = 1 order by rid");
    });
  }

  private static void keys(
      OracleCheck check, OracleTable data, List<Order> orders, List<String> sql) {
    for (int k = check.random.nextInt(1, 4); k > 0; k--) {
      Expression key;
      if (check.random.nextInt(4) == 0) {
        key = new RandomConditions(check.random).number(1).expression();
      } else {
        key = FunctionCases.col(pick(check, List.of(DataType.values())).label());
      }
      boolean descending = check.random.nextBoolean();
      boolean nullsFirst = check.random.nextBoolean();
      Order order = descending ? Expr.desc(new Expr(key)) : Expr.asc(new Expr(key));
      orders.add(nullsFirst ? order.nullsFirst() : order.nullsLast());
      sql.add(
          new Sql(data.schema(), "").of(key)
              + (descending ? " desc" : " asc")
              + (nullsFirst ? " nulls first" : " nulls last"));
    }
  }

  private static <T> T pick(OracleCheck check, List<T> from) {
    return from.get(check.random.nextInt(from.size()));
  }

  private interface Query {
    void run(OracleCheck check, Table table, OracleTable data);
  }

  private void forRows(Query query) {
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int rows : new int[] {0, 1, 64, 500, 4097}) {
        check.oneStorage(
            RandomTables.of(RandomTables.everyType(), rows, check.random),
            (table, data) -> {
              for (int q = 0; q < QUERIES; q++) {
                query.run(check, table, data);
              }
            });
      }
    }
  }
}
