package colonnade.oracle;

import static colonnade.DataType.DATE;
import static colonnade.DataType.F64;
import static colonnade.DataType.TIMESTAMP_MICROS;

import colonnade.DataType;
import colonnade.engine.plan.Expression;
import java.util.ArrayList;
import java.util.List;

/** The functions that give null for a null argument, in SQL. */
final class SqlFunctions {
  private SqlFunctions() {}

  static String strict(
      Expression.Call call, List<String> sql, List<DataType> types, DataType type) {
    return switch (call.function()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER, NEGATE, ABSOLUTE, SIGN ->
          arithmetic(call, sql, types, type);
      case FLOOR, CEIL, TRUNCATE, ROUND -> rounding(call, sql.get(0), type);
      case SQRT, CBRT, EXP, EXPM1, LN, LOG2, LOG10, LOG1P, POWER, SIN, COS, TAN, ASIN ->
          mathematics(call, doubles(sql, types));
      case ACOS, ATAN, ATAN2, SINH, COSH, TANH, DEGREES, RADIANS ->
          mathematics(call, doubles(sql, types));
      case YEAR, QUARTER, MONTH, DAY, HOUR, MINUTE, SECOND, MICROSECOND, DAY_OF_WEEK ->
          time(call, sql, types, type);
      case DAY_OF_YEAR, ISO_WEEK, TRUNCATE_TIME, OFFSET_TIME -> time(call, sql, types, type);
      default -> SqlTexts.text(call, sql);
    };
  }

  private static List<String> doubles(List<String> sql, List<DataType> types) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < sql.size(); i++) {
      result.add(Sql.widened(sql.get(i), types.get(i), F64));
    }
    return result;
  }

  private static String arithmetic(
      Expression.Call call, List<String> sql, List<DataType> types, DataType type) {
    if (types.stream().anyMatch(DataType::isTemporal)) {
      return moved(call, sql, types);
    }
    List<String> values = type == F64 ? doubles(sql, types) : sql;
    String a = values.get(0);
    String b = values.size() > 1 ? values.get(1) : "";
    return switch (call.function()) {
      case ADD -> "(" + a + " + " + b + ")";
      case SUBTRACT -> "(" + a + " - " + b + ")";
      case MULTIPLY -> "(" + a + " * " + b + ")";
      case DIVIDE -> "(" + a + " / " + b + ")";
      case FLOOR_DIVIDE ->
          type == F64
              ? "floor(" + a + " / " + b + ")"
              : "(case when "
                  + b
                  + " = 0 then null else "
                  + a
                  + " // "
                  + b
                  + " - (case when "
                  + a
                  + " % "
                  + b
                  + " <> 0 and ("
                  + a
                  + " < 0) <> ("
                  + b
                  + " < 0) then 1 else 0 end) end)";
      case REMAINDER ->
          type == F64
              ? "(" + a + " % " + b + ")"
              : "(case when " + b + " = 0 then null else " + a + " % " + b + " end)";
      case NEGATE -> "(-(" + a + "))";
      case ABSOLUTE -> "abs(" + a + ")";
      default ->
          type == F64
              ? "(case when isnan("
                  + a
                  + ") then "
                  + a
                  + " when "
                  + a
                  + " > 0 then 1e0 when "
                  + a
                  + " < 0 then -1e0 else "
                  + a
                  + " end)"
              : "sign(" + a + ")::BIGINT";
    };
  }

  /** Dates and timestamps with integers, which count days and microseconds. */
  private static String moved(Expression.Call call, List<String> sql, List<DataType> types) {
    String a = sql.get(0);
    String b = sql.get(1);
    boolean minus = call.function().label().equals("-");
    if (types.get(0).isTemporal() && types.get(1).isTemporal()) {
      return types.get(0) == DATE
          ? "(" + a + " - " + b + ")::BIGINT"
          : "(epoch_us(" + a + ") - epoch_us(" + b + "))";
    }
    boolean first = types.get(0).isTemporal();
    String time = first ? a : b;
    String amount = first ? b : a;
    return (first ? types.get(0) : types.get(1)) == DATE
        ? "(" + time + (minus ? " - " : " + ") + "(" + amount + ")::INTEGER)"
        : "make_timestamp(epoch_us(" + time + ")" + (minus ? " - " : " + ") + amount + ")";
  }

  private static String rounding(Expression.Call call, String x, DataType type) {
    int decimals =
        call.arguments().size() < 2
            ? 0
            : (int) (long) (Long) ((Expression.Literal) call.arguments().get(1)).value();
    if (type != F64) {
      if (decimals >= 0) {
        return x;
      }
      String scale = "1" + "0".repeat(-decimals) + "::HUGEINT";
      String up =
          "((abs(" + x + "::HUGEINT) + " + scale + " // 2) // " + scale + " * " + scale + ")";
      return "((case when " + x + " < 0 then -1 else 1 end) * " + up + ")::BIGINT";
    }
    String scale = "1e" + Math.abs(decimals);
    return switch (call.function()) {
      case FLOOR -> "floor(" + x + ")";
      case CEIL -> "ceil(" + x + ")";
      case TRUNCATE -> "trunc(" + x + ")";
      default ->
          decimals == 0
              ? "round(" + x + ")"
              : decimals > 0
                  ? "(case when abs("
                      + x
                      + " * "
                      + scale
                      + ") < 4503599627370496e0 then round("
                      + x
                      + " * "
                      + scale
                      + ") / "
                      + scale
                      + " else "
                      + x
                      + " end)"
                  : "(case when isfinite("
                      + x
                      + ") then round("
                      + x
                      + " / "
                      + scale
                      + ") * "
                      + scale
                      + " else "
                      + x
                      + " end)";
    };
  }

  private static String mathematics(Expression.Call call, List<String> sql) {
    String x = sql.get(0);
    return switch (call.function()) {
      // C has 1 for 1 to the NaN and for ±1 to the infinity, Java has NaN.
      case POWER ->
          "(case when isnan("
              + sql.get(1)
              + ") or abs("
              + x
              + ") = 1 and isinf("
              + sql.get(1)
              + ") then "
              + x
              + " * "
              + sql.get(1)
              + " * 'NaN'::DOUBLE else power("
              + x
              + ", "
              + sql.get(1)
              + ") end)";
      case ATAN2 -> "atan2(" + x + ", " + sql.get(1) + ")";
      // DuckDB has neither; both forms lose nothing near 0.
      case EXPM1 ->
          "(case when abs("
              + x
              + ") < 1e-300 then "
              + x
              + " when abs("
              + x
              + ") > 1e0 then exp("
              + x
              + ") - 1e0 else 2e0 * sinh("
              + x
              + " / 2e0) * exp("
              + x
              + " / 2e0) end)";
      case LOG1P ->
          "(case when abs("
              + x
              + ") < 1e-300 then "
              + x
              + " when abs("
              + x
              + ") > 5e-1 then ln(1e0 + "
              + x
              + ") else 2e0 * atanh("
              + x
              + " / (2e0 + "
              + x
              + ")) end)";
      default -> call.function().label() + "(" + x + ")";
    };
  }

  private static String time(
      Expression.Call call, List<String> sql, List<DataType> types, DataType type) {
    String x = sql.get(0);
    String stamp = Sql.widened(x, types.get(0), TIMESTAMP_MICROS);
    return switch (call.function()) {
      case YEAR, QUARTER, MONTH, DAY -> call.function().label() + "(" + x + ")";
      case HOUR, MINUTE, SECOND -> call.function().label() + "(" + stamp + ")";
      case MICROSECOND -> "(microsecond(" + stamp + ") % 1000000)";
      case DAY_OF_WEEK -> "isodow(" + x + ")";
      case DAY_OF_YEAR -> "dayofyear(" + x + ")";
      case ISO_WEEK -> "week(" + x + ")";
      case TRUNCATE_TIME -> "date_trunc(" + sql.get(1) + ", " + stamp + ")::" + DuckDb.type(type);
      default -> {
        String unit = (String) ((Expression.Literal) call.arguments().get(2)).value();
        yield "("
            + stamp
            + " + to_"
            + unit
            + "s(("
            + sql.get(1)
            + ")::INTEGER))::"
            + DuckDb.type(type);
      }
    };
  }
}
