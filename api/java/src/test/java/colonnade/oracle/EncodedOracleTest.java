package colonnade.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Expr;
import colonnade.Field;
import colonnade.Frame;
import colonnade.Schema;
import colonnade.Table;
import colonnade.TableSchema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.EncodingChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What works on codes of numbers, on columns stored as codes of every width and plain. */
class EncodedOracleTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field("i16_1", DataType.I16),
              new Field("i32_1", DataType.I32),
              new Field("i32_2", DataType.I32),
              new Field("i64_1", DataType.I64),
              new Field("i64_2", DataType.I64),
              new Field("i64_4", DataType.I64),
              new Field("date_2", DataType.DATE),
              new Field("time_4", DataType.TIMESTAMP_MICROS),
              new Field("f64_1", DataType.F64),
              new Field("f64_2", DataType.F64),
              new Field("f64_4", DataType.F64),
              new Field("u8", DataType.U8),
              new Field("i8", DataType.I8),
              new Field("f32", DataType.F32),
              new Field("rough", DataType.F64),
              new Field("wide", DataType.I64),
              new Field("bool", DataType.BOOL),
              new Field("utf8", DataType.UTF8),
              new Field("row", DataType.I64)));

  @TempDir Path folder;

  private interface Check {
    void run(Table table, OracleTable data);
  }

  /** Runs {@code check} on the table in memory, plain and encoded, with nulls and without. */
  private void onCodes(OracleCheck check, int[] sizes, Check run) {
    for (int rows : sizes) {
      for (boolean nulls : new boolean[] {false, true}) {
        OracleTable data = table(rows, nulls, check.random);
        check.guarded(
            data,
            () -> {
              check.db.load("t", data);
              String name = rows + (nulls ? "n" : "p");
              try (Table plain = data.mapped(folder.resolve(name + "p"), EncodingChoice.PLAIN);
                  Table encoded = data.mapped(folder.resolve(name + "a"), EncodingChoice.AUTO)) {
                if (rows > 1000) {
                  var found = (TableSchema) encoded.schema();
                  for (String column : List.of("i16_1", "i64_4", "date_2", "time_4")) {
                    assertThat(found.encoding(SCHEMA.indexOf(column))).isEqualTo(Encoding.NARROW);
                  }
                  assertThat(found.encoding(SCHEMA.indexOf("f64_4"))).isEqualTo(Encoding.SCALED);
                }
                run.run(plain, data);
                run.run(encoded, data);
              }
            });
      }
    }
  }

  private static OracleTable table(int rowCount, boolean nulls, SplittableRandom random) {
    List<Object[]> columns = new ArrayList<>();
    for (Field field : SCHEMA.fields()) {
      Object[] values = new Object[rowCount];
      for (int r = 0; r < rowCount; r++) {
        boolean missing = nulls && !field.name().equals("row") && random.nextInt(7) == 0;
        values[r] =
            missing
                ? null
                : field.name().equals("row") ? (Object) (long) r : value(field.name(), random);
      }
      columns.add(values);
    }
    return new OracleTable(SCHEMA, columns, rowCount);
  }

  private static Object value(String column, SplittableRandom random) {
    return switch (column) {
      case "i16_1" -> random.nextLong(-100, 100);
      case "i32_1" -> random.nextLong(2_000_000_000L, 2_000_000_200L);
      case "i32_2" -> random.nextLong(-20_000, 20_000);
      case "i64_1" -> random.nextLong(-120, 80) + (1L << 40);
      case "i64_2" -> random.nextLong(0, 60_000) - (1L << 38);
      case "i64_4" -> random.nextLong(0, 3_000) * 1_000_003L - 40;
      case "date_2" -> random.nextLong(8_000, 10_500);
      case "time_4" -> 1_700_000_000_000_000L + random.nextLong(0, 2000) * 1_000_000L;
      case "f64_1" -> random.nextInt(-5, 11) / 100.0;
      case "f64_2" -> random.nextInt(-20_000, 20_000) / 10.0;
      case "f64_4" -> random.nextInt(-99, 9_999_999) / 100.0;
      case "u8" -> random.nextLong(0, 256);
      case "i8" -> random.nextLong(-128, 128);
      case "f32" -> (double) (random.nextInt(-40, 40) / 4.0f);
      case "rough" -> random.nextInt(5) == 0 ? (Object) Double.NaN : random.nextInt(-30, 30) / 3.0;
      case "wide" -> random.nextLong() >> random.nextInt(64);
      case "bool" -> random.nextBoolean();
      case "row" -> random.nextLong(0, 9001);
      default -> RandomTables.value(DataType.UTF8, random.nextBoolean(), random);
    };
  }

  @Test
  void listsOfConstantsAgreeWithDuckDb() {
    try (OracleCheck check = new OracleCheck(folder)) {
      onCodes(
          check,
          new int[] {1, 65, 4097},
          (table, data) -> {
            Sql sql = new Sql(data.schema(), "");
            for (int c = 0; c < SCHEMA.size(); c++) {
              for (int most : new int[] {4, 40}) {
                Expression in = in(data, c, check.random.nextInt(most + 1), check.random);
                Expression wanted =
                    check.random.nextBoolean() ? in : FunctionCases.call(Function.NOT, in);
                Expression other = in(data, check.random.nextInt(SCHEMA.size()), 4, check.random);
                Expression condition =
                    switch (check.random.nextInt(3)) {
                      case 0 -> wanted;
                      case 1 -> FunctionCases.call(Function.AND, wanted, other);
                      default -> FunctionCases.call(Function.OR, wanted, other);
                    };
                Frame found =
                    table.with(
                        table
                            .filter(Expr.lit(true))
                            .options()
                            .withSimd(check.random.nextBoolean()));
                check.rows(
                    found.filter(new Expr(condition)).select("row"),
                    "select row from t where " + sql.of(condition) + " order by rid");
                check.values(found, data, List.of(wanted));
              }
            }
          });
    }
  }

  private static Expression in(OracleTable data, int column, int count, SplittableRandom random) {
    DataType type = SCHEMA.type(column);
    List<Expression.Literal> constants = new ArrayList<>();
    Object near = value(SCHEMA.name(column), random);
    for (int i = 0; i < count; i++) {
      Object value =
          switch (random.nextInt(4)) {
            case 0 -> RandomTables.value(type, random.nextBoolean(), random);
            case 1 ->
                near instanceof Long number && type.isNumeric()
                    ? clamp(type, number + i)
                    : value(SCHEMA.name(column), random);
            default -> value(SCHEMA.name(column), random);
          };
      constants.add(new Expression.Literal(type, value));
    }
    return new Expression.InList(FunctionCases.col(SCHEMA.name(column)), constants);
  }

  private static Object clamp(DataType type, long number) {
    return type == DataType.U8
        ? number & 0xff
        : type == DataType.I8 ? (long) (byte) number : number;
  }

  @Test
  void groupsAndSumsAgreeWithDuckDb() {
    List<String> integers = List.of("i16_1", "i32_1", "i32_2", "i64_1", "i64_2", "i64_4");
    List<Expr> ours = new ArrayList<>(List.of(Expr.count().as("n")));
    List<String> theirs = new ArrayList<>(List.of("count(*)"));
    for (String name : integers) {
      ours.add(Expr.sum(name).as("s" + name));
      theirs.add("sum(" + name + ")::bigint");
      ours.add(Expr.min(name).as("l" + name));
      theirs.add("min(" + name + ")");
      ours.add(Expr.max(name).as("g" + name));
      theirs.add("max(" + name + ")");
      ours.add(Expr.countDistinct(name).as("d" + name));
      theirs.add("count(distinct " + name + ")");
    }
    ours.add(Expr.sum(Expr.col("f64_2").times(10)).as("sf"));
    theirs.add("sum(f64_2 * 10)");
    ours.add(Expr.max("time_4").as("gt"));
    theirs.add("max(time_4)");
    List<List<String>> keys = new ArrayList<>(List.of(List.of()));
    for (String key : List.of("i16_1", "i64_1", "i64_4", "time_4", "f64_2", "utf8")) {
      keys.add(List.of(key));
    }
    keys.add(List.of("i64_1", "i32_1"));
    keys.add(List.of("i64_2", "date_2", "i16_1"));
    keys.add(List.of("i64_4", "time_4"));
    keys.add(List.of("wide", "i64_2"));
    keys.add(List.of("f64_1", "i64_4", "utf8"));
    try (OracleCheck check = new OracleCheck(folder)) {
      onCodes(
          check,
          new int[] {2500},
          (table, data) -> {
            for (List<String> by : keys) {
              for (boolean some : new boolean[] {false, true}) {
                String[] names = by.toArray(String[]::new);
                Expr[] aggregates = ours.toArray(Expr[]::new);
                Frame frame =
                    some
                        ? table
                            .filter(Expr.col("i32_2").gt(3000))
                            .groupBy(names)
                            .aggregate(aggregates)
                        : table.groupBy(names).aggregate(aggregates);
                List<String> columns = new ArrayList<>(by);
                columns.addAll(theirs);
                String select =
                    "select "
                        + String.join(", ", columns)
                        + " from t"
                        + (some ? " where i32_2 > 3000" : "")
                        + (by.isEmpty() ? "" : " group by " + String.join(", ", by));
                anyOrder(check, frame, select);
              }
              if (!by.isEmpty()) {
                String list = String.join(", ", by);
                anyOrder(
                    check,
                    table.select(by.toArray(String[]::new)).distinct(),
                    "select distinct " + list + " from t");
              }
            }
          });
    }
  }

  @Test
  void joinsAgreeWithDuckDb() {
    try (OracleCheck check = new OracleCheck(folder)) {
      OracleTable right = table(300, true, check.random);
      check.db.load("r", right);
      try (Table other = right.mapped(folder.resolve("right"), EncodingChoice.AUTO)) {
        onCodes(
            check,
            new int[] {1, 1500},
            (table, data) -> {
              for (String key : SCHEMA.names()) {
                if (List.of("rough", "bool", "row").contains(key)) {
                  continue;
                }
                anyOrder(
                    check,
                    table
                        .select("row", key)
                        .join(other.select(Expr.col(key), Expr.col("row").as("r")), key)
                        .select("row", "r"),
                    "select t.row, r.row from t join r on t." + key + " = r." + key);
              }
            });
      }
    }
  }

  private static void anyOrder(OracleCheck check, Frame frame, String select) {
    List<Object[]> ours = Cells.of(frame);
    List<Object[]> theirs = check.db.query(select, Cells.types(frame));
    ours.sort(Cells.ANY_ORDER);
    theirs.sort(Cells.ANY_ORDER);
    Cells.requireSame(
        ours,
        theirs,
        OracleCheck.exact(Cells.types(frame).size()),
        select + "\n" + frame.explain());
  }
}
