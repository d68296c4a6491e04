package colonnade.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Expr;
import colonnade.Field;
import colonnade.Frame;
import colonnade.Mode;
import colonnade.Order;
import colonnade.Schema;
import colonnade.Table;
import colonnade.TableSchema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.Sortedness;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables in the order of a column answer as DuckDB does, and as the same rows in another order do:
 * filters, sorts, groups and distinct values, with duplicates, NaN, nulls, in one commit and in
 * several, which keep the order or break it.
 */
class SortedOracleTest {
  private static final int[] SIZES = {0, 1, 100, 300, 5000, 5000, 65_535, 65_537, 140_000};
  private static final int QUERIES = 2;

  /** NaN greatest, zeros equal, nulls last. */
  private static final Comparator<Object> ORDER =
      Comparator.nullsLast((a, b) ->
          switch (a) {
            case Long x -> Long.compare(x, (Long) b);
            case Boolean x -> Boolean.compare(x, (Boolean) b);
            default -> Double.compare((Double) a + 0.0, (Double) b + 0.0);
          });

  @TempDir Path folder;

  private enum Shape {
    ASCENDING,
    DESCENDING,
    NULLS_LAST,
    BROKEN_BY_APPEND,
    SHUFFLED
  }

  @Test
  void rowsInOrderAnswerAsOthersDo() {
    try (OracleCheck check = new OracleCheck(folder)) {
      SplittableRandom random = check.random;
      int tables = 0;
      for (DataType type : DataType.values()) {
        if (type.isVariable()) {
          continue;
        }
        for (Shape shape : Shape.values()) {
          OracleTable data = data(type, shape, SIZES[random.nextInt(SIZES.length)], random);
          Path path = folder.resolve("t" + tables++);
          check.guarded(
              data,
              () -> {
                check.db.load("t", data);
                try (Table table = written(data, path, random)) {
                  boolean ordered = shape == Shape.ASCENDING || shape == Shape.DESCENDING;
                  Sortedness known = ((TableSchema) table.schema()).sorted(0);
                  assertThat(known != Sortedness.UNKNOWN).isEqualTo(isInOrder(data));
                  assertThat(!ordered || known != Sortedness.UNKNOWN).isTrue();
                  for (int q = 0; q < QUERIES; q++) {
                    ask(check, table, data, type);
                  }
                }
              });
        }
      }
    }
  }

  private static void ask(OracleCheck check, Table table, OracleTable data, DataType type) {
    SplittableRandom random = check.random;
    Expression condition = condition(data, type, random);
    String where = " from t where " + new Sql(data.schema(), "").of(condition);
    Frame filtered =
        table
            .with(
                table
                    .options()
                    .withThreads(1 + random.nextInt(3))
                    .withBatchRows(random.nextBoolean() ? 4096 : 192))
            .filter(new Expr(condition));
    check.rows(filtered.select("n", "x"), "select n, x" + where + " order by rid");
    check.rows(
        filtered.aggregate(Expr.count(), Expr.sum("n"), Expr.min("n")),
        "select count(*), cast(sum(n) as bigint), min(n)" + where);
    boolean descending = random.nextBoolean();
    boolean nullsFirst = random.nextBoolean();
    Order order = descending ? Expr.desc("k") : Expr.asc("k");
    long offset = random.nextInt(3) * 50L;
    long count = random.nextInt(300);
    check.rows(
        filtered
            .map("y", Expr.col("n").plus(1))
            .sort(nullsFirst ? order.nullsFirst() : order)
            .limit(offset, count)
            .select("y", "x"),
        "select n + 1 as y, x"
            + where
            + " order by k"
            + (descending ? " desc" : "")
            + (nullsFirst ? " nulls first" : " nulls last")
            + ", rid limit "
            + count
            + " offset "
            + offset);
    check.rows(
        filtered
            .groupBy("k")
            .aggregate(Expr.count().as("c"), Expr.sum("n").as("s"), Expr.max("n").as("m"))
            .sort(Expr.asc("k"))
            .select("c", "s", "m"),
        "select count(*), cast(sum(n) as bigint), max(n)"
            + where
            + " group by k order by k nulls last");
    check.rows(
        filtered.distinct("k").select("n"),
        "select n from (select rid, n, row_number() over (partition by k order by rid) as p"
            + where
            + ") where p = 1 order by rid");
  }

  /** A range of the column in order, often with something else beside it. */
  private static Expression condition(OracleTable data, DataType type, SplittableRandom random) {
    List<Function> ends =
        List.of(
            Function.GREATER,
            Function.GREATER_OR_EQUAL,
            Function.LESS,
            Function.LESS_OR_EQUAL,
            Function.EQUAL,
            Function.NOT_EQUAL);
    Expression condition = null;
    for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
      Expression part =
          random.nextInt(5) == 0
              ? call(
                  Function.LESS,
                  FunctionCases.col("n"),
                  new Expression.Literal(DataType.I64, random.nextLong(-10, data.rowCount() + 10L)))
              : call(
                  ends.get(random.nextInt(ends.size())),
                  FunctionCases.col("k"),
                  new Expression.Literal(type, value(data, type, random)));
      part = random.nextInt(8) == 0 ? call(Function.NOT, part) : part;
      condition =
          condition == null
              ? part
              : call(random.nextInt(6) == 0 ? Function.OR : Function.AND, condition, part);
    }
    return condition;
  }

  private static Expression call(Function function, Expression... arguments) {
    return Expression.Call.of(function, arguments);
  }

  private static Object value(OracleTable data, DataType type, SplittableRandom random) {
    Object[] keys = data.columns().getFirst();
    Object known = keys.length == 0 ? null : keys[random.nextInt(keys.length)];
    return known == null || random.nextBoolean() ? RandomTables.value(type, true, random) : known;
  }

  private static OracleTable data(
      DataType type, Shape shape, int rowCount, SplittableRandom random) {
    boolean few = random.nextBoolean();
    Object[] keys = new Object[rowCount];
    for (int i = 0; i < rowCount; i++) {
      boolean isNull = shape == Shape.NULLS_LAST && random.nextInt(20) == 0;
      keys[i] = isNull ? null : RandomTables.value(type, few, random);
    }
    if (shape != Shape.SHUFFLED) {
      Arrays.sort(keys, shape == Shape.DESCENDING ? ORDER.reversed() : ORDER);
    }
    if (shape == Shape.BROKEN_BY_APPEND && rowCount > 0) {
      List<Object> last = new ArrayList<>(Arrays.asList(keys).subList(rowCount / 2, rowCount));
      Collections.rotate(last, 1);
      for (int i = rowCount / 2; i < rowCount; i++) {
        keys[i] = last.get(i - rowCount / 2);
      }
    }
    Object[] numbers = new Object[rowCount];
    Object[] others = new Object[rowCount];
    for (int i = 0; i < rowCount; i++) {
      numbers[i] = (long) i;
      others[i] = RandomTables.value(DataType.F64, true, random);
    }
    Schema schema =
        new Schema(
            List.of(
                new Field("k", type), new Field("n", DataType.I64), new Field("x", DataType.F64)));
    return new OracleTable(schema, List.of(keys, numbers, others), rowCount);
  }

  private static boolean isInOrder(OracleTable data) {
    Object[] keys = data.columns().getFirst();
    boolean ascending = true;
    boolean descending = true;
    for (int i = 0; i < keys.length; i++) {
      int sign = i == 0 ? 0 : ORDER.compare(keys[i - 1], keys[i]);
      ascending &= keys[i] != null && sign <= 0;
      descending &= keys[i] != null && sign >= 0;
    }
    return ascending || descending;
  }

  /** The table in one commit, or in two or three. */
  private static Table written(OracleTable data, Path path, SplittableRandom random) {
    WriteOptions options =
        WriteOptions.DEFAULT.withEncoding(
            random.nextBoolean() ? EncodingChoice.PLAIN : EncodingChoice.AUTO);
    try (Table memory = data.inMemory()) {
      int first = random.nextInt(3) == 0 ? data.rowCount() : data.rowCount() / 2;
      memory.limit(first).writeTo(path, Mode.READ_WRITE, options).close();
      if (first < data.rowCount()) {
        int second = random.nextBoolean() ? 1 : data.rowCount() - first;
        memory.limit(first, second).appendTo(path);
        memory.limit(first + second, data.rowCount() - first - second).appendTo(path);
      }
    }
    return Table.open(path);
  }
}
