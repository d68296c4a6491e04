package colonnade.oracle;

import colonnade.DataType;
import colonnade.Expr;
import colonnade.Frame;
import colonnade.Schema;
import colonnade.Table;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every aggregate, over all rows and by keys of every type. */
class AggregateOracleTest {
  private static final int CASES_PER_QUERY = 30;

  @TempDir Path folder;

  @Test
  void everyAggregateOfAllRowsAgreesWithDuckDb() {
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int rows : new int[] {0, 1, 2, 900}) {
        check.oneStorage(
            AggregateCases.table(rows, check.random),
            (table, data) -> compare(check, table, List.of(), AggregateCases.all()));
      }
    }
  }

  @Test
  void everyAggregateByGroupsAgreesWithDuckDb() {
    List<List<String>> keys = new ArrayList<>();
    for (DataType type : DataType.values()) {
      keys.add(List.of(type.label()));
    }
    keys.add(List.of("bool", "utf8"));
    keys.add(List.of("i8", "date", "f32"));
    keys.add(List.of("utf8_2", "f64_2", "bool", "u16"));
    keys.add(List.of("bool", "bool_2", "i8"));
    keys.add(List.of("binary", "timestamp"));
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int rows : new int[] {0, 1, 1500}) {
        check.oneStorage(
            AggregateCases.table(rows, check.random),
            (table, data) -> {
              for (List<String> by : keys) {
                compare(check, table, by, AggregateCases.all());
              }
            });
      }
    }
  }

  @Test
  void groupsByKeysThatFollowFromOthersAgreeWithDuckDb() {
    Expression i32 = new Expression.Column("i32");
    Expression utf8 = new Expression.Column("utf8");
    Expression bool = new Expression.Column("bool");
    Expression seven = new Expression.Literal(DataType.I64, 7L);
    Expression a = new Expression.Literal(DataType.UTF8, "a");
    List<List<Expression>> keys =
        List.of(
            List.of(seven),
            List.of(seven, a),
            List.of(seven, utf8),
            List.of(i32, call(Function.SUBTRACT, i32, seven), call(Function.NEGATE, i32)),
            List.of(call(Function.MULTIPLY, i32, new Expression.Column("i8")), i32, i32),
            List.of(
                call(Function.ADD, new Expression.Column("u32"), new Expression.Column("i8_2")),
                new Expression.Column("i8_2"),
                bool,
                new Expression.Column("u32")),
            List.of(utf8, call(Function.BYTE_LENGTH, utf8), call(Function.CONTAINS, utf8, a)),
            List.of(
                new Expression.Case(List.of(new Expression.Branch(bool, i32)), seven), bool, i32),
            List.of(bool, call(Function.NOT, bool), call(Function.IS_NULL, bool)),
            List.of(new Expression.Column("date"), call(Function.IS_NULL, a)),
            List.of(
                new Expression.Column("f32"), call(Function.IS_NAN, new Expression.Column("f32"))));
    try (OracleCheck check = new OracleCheck(folder)) {
      for (int rows : new int[] {0, 1, 1500}) {
        check.everyStorage(
            AggregateCases.table(rows, check.random),
            (table, data) ->
                keys.forEach(some -> compareGroups(check, table, data.schema(), some)));
      }
    }
  }

  private static void compareGroups(
      OracleCheck check, Table table, Schema schema, List<Expression> keys) {
    Sql sql = new Sql(schema, "");
    List<Expr> ours = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    for (Expression key : keys) {
      String name = "k" + names.size();
      ours.add(new Expr(key).as(name));
      names.add(name);
      theirs.add(sql.of(key) + " " + name);
    }
    String by = String.join(", ", names);
    sorted(
        check,
        table
            .groupBy(ours.toArray(Expr[]::new))
            .aggregate(Expr.count().as("a0"), Expr.sum("n").as("a1")),
        "select "
            + by
            + ", count(*), sum(n)::BIGINT from (select n, "
            + String.join(", ", theirs)
            + " from t) group by "
            + by,
        Collections.nCopies(keys.size() + 2, Cells.EXACT));
  }

  private static Expression call(Function function, Expression... arguments) {
    return Expression.Call.of(function, arguments);
  }

  @Test
  void largestGivesTheGreatestValuesOfEachGroup() {
    try (OracleCheck check = new OracleCheck(folder)) {
      check.oneStorage(
          AggregateCases.table(800, check.random),
          (table, data) -> {
            for (String value : List.of("f64", "i32", "exact", "u8")) {
              for (String key : List.of("utf8", "i8", "bool")) {
                String number = value.startsWith("f") ? "not isnan(" + value + ") and " : "";
                sorted(
                    check,
                    table
                        .groupBy(key)
                        .aggregate(Expr.largest(value, 3).as("x"))
                        .filter(Expr.col("x").isNotNull()),
                    "select "
                        + key
                        + ", x from (select "
                        + key
                        + ", "
                        + value
                        + " x, row_number() over (partition by "
                        + key
                        + " order by "
                        + value
                        + " desc) k from t where "
                        + number
                        + value
                        + " is not null) where k <= 3",
                    List.of(Cells.EXACT, Cells.EXACT));
              }
            }
          });
    }
  }

  private static void compare(
      OracleCheck check, Table table, List<String> by, List<AggregateCases.Case> all) {
    for (int from = 0; from < all.size(); from += CASES_PER_QUERY) {
      List<AggregateCases.Case> some =
          all.subList(from, Math.min(all.size(), from + CASES_PER_QUERY));
      List<Expr> ours = new ArrayList<>();
      List<String> theirs = new ArrayList<>();
      List<Cells.Nearness> nearness = new ArrayList<>();
      for (String key : by) {
        theirs.add('"' + key + '"');
        nearness.add(Cells.EXACT);
      }
      for (AggregateCases.Case one : some) {
        ours.add(one.ours().as("a" + ours.size()));
        theirs.add(one.sql());
        nearness.add(one.nearness());
      }
      String group = by.isEmpty() ? "" : " group by \"" + String.join("\", \"", by) + "\"";
      sorted(
          check,
          table.groupBy(by.toArray(String[]::new)).aggregate(ours.toArray(Expr[]::new)),
          "select " + String.join(", ", theirs) + " from t" + group,
          nearness);
    }
  }

  /** Compares rows whose order is unspecified; so is which zero stands for both in a key. */
  private static void sorted(
      OracleCheck check, Frame frame, String select, List<Cells.Nearness> nearness) {
    int keys = 0;
    while (keys < nearness.size() && !frame.schema().name(keys).matches("a\\d+")) {
      keys++;
    }
    List<Object[]> ours = Cells.of(frame);
    List<Object[]> theirs = check.db.query(select, Cells.types(frame));
    for (List<Object[]> rows : List.of(ours, theirs)) {
      for (Object[] row : rows) {
        for (int k = 0; k < keys; k++) {
          row[k] = row[k] instanceof Double d ? (Object) (d + 0.0) : row[k];
        }
      }
      rows.sort(Cells.ANY_ORDER);
    }
    Cells.requireSame(ours, theirs, nearness, select + "\n" + frame.explain());
  }
}
