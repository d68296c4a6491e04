package colonnade.oracle;

import colonnade.DataType;

/** Lenient casts in SQL: what the type cannot hold is null. */
final class SqlCasts {
  private SqlCasts() {}

  static String cast(String x, DataType from, DataType to) {
    if (from == to || from == null) {
      return from == to ? x : "cast(null as " + DuckDb.type(to) + ")";
    }
    return switch (from) {
      case UTF8 -> ofText(x, to);
      case BINARY -> "try(decode(" + x + "))";
      case BOOL ->
          to == DataType.UTF8
              ? "cast(" + x + " as VARCHAR)"
              : "cast(cast(" + x + " as INTEGER) as " + DuckDb.type(to) + ")";
      case DATE, TIMESTAMP_MICROS -> ofTime(x, from, to);
      case F32, F64 -> ofFloating(x, to);
      default -> ofInteger(x, to);
    };
  }

  private static String ofInteger(String x, DataType to) {
    return switch (to) {
      case F64 -> "cast(" + x + " as DOUBLE)";
      case F32 -> "cast(cast(" + x + " as FLOAT) as DOUBLE)";
      case BOOL -> "(" + x + " <> 0)";
      case UTF8 -> "cast(" + x + " as VARCHAR)";
      case DATE -> "(DATE '1970-01-01' + " + inRange(x, x, DataType.I32) + "::INTEGER)";
      case TIMESTAMP_MICROS -> "make_timestamp(" + x + ")";
      default -> inRange(x, x, to);
    };
  }

  private static String ofFloating(String x, DataType to) {
    return switch (to) {
      case F64 -> x;
      case F32 ->
          "(case when isfinite("
              + x
              + ") then cast(try_cast("
              + x
              + " as FLOAT) as DOUBLE) else "
              + x
              + " end)";
      case BOOL -> "(isnan(" + x + ") or " + x + " <> 0)";
      default -> {
        // Cut off, not rounded; 1e30 bounds what becomes HUGEINT.
        String whole = "cast(trunc(greatest(least(" + x + ", 1e30), -1e30)) as HUGEINT)";
        yield "(case when isnan("
            + x
            + ") then null else "
            + inRange(whole, whole, to)
            + "::BIGINT end)";
      }
    };
  }

  private static String inRange(String tested, String value, DataType to) {
    int bits = 8 * to.widthBytes();
    boolean unsigned = to.label().startsWith("u");
    String least = unsigned ? "0" : "-" + java.math.BigInteger.TWO.pow(bits - 1);
    String greatest =
        java.math.BigInteger.TWO
            .pow(unsigned ? bits : bits - 1)
            .subtract(java.math.BigInteger.ONE)
            .toString();
    return "(case when "
        + tested
        + "::HUGEINT between ("
        + least
        + ")::HUGEINT and ("
        + greatest
        + ")::HUGEINT then "
        + value
        + " end)";
  }

  private static String ofTime(String x, DataType from, DataType to) {
    String days = "(" + x + " - DATE '1970-01-01')::BIGINT";
    return switch (to) {
      case DATE, TIMESTAMP_MICROS -> "cast(" + x + " as " + DuckDb.type(to) + ")";
      case UTF8 -> text(x, from);
      default -> from == DataType.DATE ? days : "epoch_us(" + x + ")";
    };
  }

  /** ISO 8601 for the years 0 to 9999. */
  private static String text(String x, DataType from) {
    String date =
        "lpad(year("
            + x
            + ")::VARCHAR, 4, '0') || '-' || lpad(month("
            + x
            + ")::VARCHAR, 2, '0') || '-' || lpad(day("
            + x
            + ")::VARCHAR, 2, '0')";
    if (from == DataType.DATE) {
      return "(" + date + ")";
    }
    String micros = "(microsecond(" + x + ") % 1000000)";
    return "("
        + date
        + " || 'T' || lpad(hour("
        + x
        + ")::VARCHAR, 2, '0') || ':' || lpad(minute("
        + x
        + ")::VARCHAR, 2, '0') || ':' || lpad(second("
        + x
        + ")::VARCHAR, 2, '0') || (case when "
        + micros
        + " = 0 then '' else '.' || lpad("
        + micros
        + "::VARCHAR, 6, '0') end))";
  }

  /** Text around which white space does not count. */
  private static String ofText(String x, DataType to) {
    if (to == DataType.BINARY) {
      return "encode(" + x + ")";
    }
    String t = "trim(" + x + ", ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13))";
    return switch (to) {
      case BOOL ->
          "(case when lower("
              + t
              + ") in ('true', 't', 'yes', 'y', '1') then true when lower("
              + t
              + ") in ('false', 'f', 'no', 'n', '0') then false end)";
      case F32, F64 -> {
        String number = to == DataType.F32 ? "FLOAT" : "DOUBLE";
        String name = "lower(ltrim(" + t + ", '+-'))";
        String pattern = "'[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?'";
        String value = "try_cast(try_cast(" + t + " as " + number + ") as DOUBLE)";
        yield "(case when regexp_full_match("
            + t
            + ", "
            + pattern
            + ") then (case when "
            + value
            + " = 0 and "
            + t
            + " like '-%' then minus_zero else "
            + value
            + " end) when regexp_full_match("
            + t
            + ", '[+-]?(?i:nan)')"
            + " then 'NaN'::DOUBLE when regexp_full_match("
            + t
            + ", '[+-]?(?i:inf|infinity)') then (case when "
            + t
            + " like '-%' then '-Infinity'::DOUBLE else 'Infinity'::DOUBLE end) when "
            + name
            + " is null then null end)";
      }
      case DATE, TIMESTAMP_MICROS -> {
        String pattern =
            "'[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt"
                + " ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?[zZ]?)?'";
        String stamp =
            "try_cast(rtrim("
                + t
                + ", 'zZ') || (case when length(rtrim("
                + t
                + ", 'zZ')) = 16 then ':00' else '' end) as TIMESTAMP)";
        yield "(case when regexp_full_match("
            + t
            + ", "
            + pattern
            + ") then "
            + stamp
            + " end)::"
            + DuckDb.type(to);
      }
      default -> {
        String integer = "try_cast(" + t + " as HUGEINT)";
        yield "(case when regexp_full_match("
            + t
            + ", '[+-]?[0-9]+') then "
            + inRange(integer, integer, to)
            + "::BIGINT end)";
      }
    };
  }
}
