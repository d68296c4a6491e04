package colonnade.oracle;

import colonnade.DataType;
import colonnade.Expr;
import colonnade.Field;
import colonnade.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Aggregates with the SQL that says what {@code AggregateFunction} documents, over columns {@code
 * exact} (quarters, whose sums are exact in any order), {@code rough} (positive, no NaN) and those
 * of {@link RandomTables#everyType}.
 */
final class AggregateCases {
  /** One aggregate. */
  record Case(Expr ours, String sql, Cells.Nearness nearness) {}

  private static final Cells.Nearness SUM = Cells.relative(1e-12);

  /** Six standard errors of a sketch. */
  private static final Cells.Nearness ROUGH = Cells.relative(0.1);

  private static final Cells.Nearness MOMENT = Cells.relative(1e-9);

  /** Interpolation between values of both signs may end near 0. */
  private static final Cells.Nearness BETWEEN =
      (a, b) -> Math.abs(a - b) <= 1e-12 * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));

  private AggregateCases() {}

  static OracleTable table(int rowCount, SplittableRandom random) {
    List<Field> fields = new ArrayList<>(RandomTables.everyType().fields());
    fields.add(new Field("exact", DataType.F64));
    fields.add(new Field("rough", DataType.F64));
    OracleTable table = RandomTables.of(new Schema(fields), rowCount, random);
    Object[] exact = table.columns().get(fields.size() - 2);
    Object[] rough = table.columns().get(fields.size() - 1);
    for (int r = 0; r < rowCount; r++) {
      exact[r] =
          random.nextInt(9) == 0 ? null : (Object) (random.nextInt(-4_000_000, 4_000_000) / 4.0);
      rough[r] = random.nextInt(9) == 0 ? null : (Object) (random.nextDouble() * 100 + 0.001);
    }
    return table;
  }

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case(Expr.count(), "count(*)", Cells.EXACT));
    for (DataType type : DataType.values()) {
      String name = type.label();
      cases.add(new Case(Expr.count(name), "count(\"" + name + "\")", Cells.EXACT));
      cases.add(new Case(Expr.countDistinct(name), distinct(type), Cells.EXACT));
      cases.add(
          new Case(
              Expr.approxCountDistinct(name).times(1.0),
              "(" + distinct(type) + ")::DOUBLE",
              ROUGH));
      cases.add(new Case(Expr.first(name), "first(\"" + name + "\" order by rid)", Cells.EXACT));
      cases.add(new Case(Expr.last(name), "last(\"" + name + "\" order by rid)", Cells.EXACT));
      cases.add(new Case(Expr.min(name), extreme("min", type), Cells.EXACT));
      cases.add(new Case(Expr.max(name), extreme("max", type), Cells.EXACT));
    }
    for (String name : List.of("i8", "i16", "i32", "u8", "u16", "u32", "n")) {
      cases.add(new Case(Expr.sum(name), "sum(" + name + ")::BIGINT", Cells.EXACT));
      cases.add(new Case(Expr.mean(name), "sum(" + name + ")::DOUBLE / count(" + name + ")", SUM));
      shiftedSums(name, cases);
      moments(name, cases);
      quantiles(name, name, cases);
    }
    cases.add(new Case(Expr.sum("exact"), "sum(exact)", Cells.EXACT));
    cases.add(new Case(Expr.mean("exact"), "sum(exact) / count(exact)", Cells.EXACT));
    cases.add(new Case(Expr.sum("rough"), "fsum(rough)", SUM));
    cases.add(new Case(Expr.mean("rough"), "favg(rough)", SUM));
    moments("exact", cases);
    moments("rough", cases);
    quantiles("exact", "exact", cases);
    quantiles("rough", "rough", cases);
    // Over values with NaN and infinities, the others decide nothing.
    for (String name : List.of("f32", "f64")) {
      String nan = "bool_or(not isfinite(" + name + "))";
      String infinity = "(max(case when isinf(" + name + ") then 1 end) is not null)";
      cases.add(
          new Case(
              Expr.sum(Expr.col(name).fillNan(0).clip(-8, 8)),
              "fsum(case when isnan("
                  + name
                  + ") then 0e0 when "
                  + name
                  + " > 8 then 8e0 when "
                  + name
                  + " < -8 then -8e0 else "
                  + name
                  + " end)",
              (a, b) -> Math.abs(a - b) < 1e-9));
      // Sums and squares of finite f64 may overflow, those of f32 do not.
      if (name.equals("f32")) {
        cases.add(
            new Case(
                Expr.var(name).isNan(),
                "case when count(" + name + ") < 2 then null else " + nan + " end",
                Cells.EXACT));
        cases.add(
            new Case(
                Expr.sum(name).isFinite().not(),
                "case when count(" + name + ") = 0 then null else " + nan + " end",
                Cells.EXACT));
      }
      cases.add(
          new Case(
              Expr.max(Expr.col(name).abs()).eq(Double.POSITIVE_INFINITY),
              "case when count(" + name + ") = 0 then null else " + infinity + " end",
              Cells.EXACT));
    }
    cases.add(
        new Case(
            Expr.corr("exact", "rough"), corr("exact", "rough"), (a, b) -> Math.abs(a - b) < 1e-9));
    cases.add(
        new Case(Expr.corr("n", "exact"), corr("n", "exact"), (a, b) -> Math.abs(a - b) < 1e-9));
    cases.add(
        new Case(
            Expr.sum("exact").div(Expr.count()).plus(Expr.max("i8")),
            "sum(exact) / count(*)::DOUBLE + max(i8)::DOUBLE",
            Cells.EXACT));
    return cases;
  }

  private static void shiftedSums(String name, List<Case> cases) {
    Expr column = Expr.col(name);
    String sql = name + "::HUGEINT";
    cases.add(new Case(Expr.sum(column.plus(17)), sum(sql + " + 17"), Cells.EXACT));
    cases.add(new Case(Expr.sum(Expr.lit(-3).plus(column)), sum("-3 + " + sql), Cells.EXACT));
    cases.add(new Case(Expr.sum(column.minus(1 << 30)), sum(sql + " - 1073741824"), Cells.EXACT));
  }

  private static String sum(String argument) {
    return "sum(" + argument + ")::BIGINT";
  }

  private static void moments(String name, List<Case> cases) {
    cases.add(new Case(Expr.var(name), "var_samp(" + name + ")", MOMENT));
    cases.add(new Case(Expr.std(name), "stddev_samp(" + name + ")", MOMENT));
    cases.add(new Case(Expr.varPopulation(name), "var_pop(" + name + ")", MOMENT));
    cases.add(new Case(Expr.stdPopulation(name), "stddev_pop(" + name + ")", MOMENT));
  }

  private static void quantiles(String name, String sql, List<Case> cases) {
    cases.add(new Case(Expr.median(name), "quantile_cont(" + sql + "::DOUBLE, 0.5)", BETWEEN));
    for (double q : new double[] {0, 0.1, 0.75, 1}) {
      cases.add(
          new Case(
              Expr.quantile(name, q), "quantile_cont(" + sql + "::DOUBLE, " + q + ")", BETWEEN));
    }
  }

  /** Null for fewer than two pairs, where DuckDB has NaN for one. */
  private static String corr(String x, String y) {
    String pairs = "count(case when " + x + " is not null and " + y + " is not null then 1 end)";
    return "case when " + pairs + " < 2 then null else corr(" + x + ", " + y + ") end";
  }

  private static String distinct(DataType type) {
    return "count(distinct \"" + type.label() + "\")";
  }

  /** NaN only if all are; of two zeros the negative one is the lesser. */
  private static String extreme(String function, DataType type) {
    String x = '"' + type.label() + '"';
    if (!type.isFloating()) {
      return function + "(" + x + ")";
    }
    String found = function + "(case when not isnan(" + x + ") then " + x + " end)";
    String negative = "(case when " + x + " = 0 then signbit(" + x + ") end)";
    String zero =
        function.equals("min")
            ? "(case when bool_or" + negative + " then min(minus_zero) else 0e0 end)"
            : "(case when bool_and" + negative + " then min(minus_zero) else 0e0 end)";
    return "(case when count("
        + x
        + ") > 0 and "
        + found
        + " is null then 'NaN'::DOUBLE when "
        + found
        + " = 0 then "
        + zero
        + " else "
        + found
        + " end)";
  }
}
