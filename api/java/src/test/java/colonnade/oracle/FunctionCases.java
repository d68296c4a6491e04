package colonnade.oracle;

import static colonnade.DataType.F64;
import static colonnade.DataType.I64;
import static colonnade.DataType.UTF8;

import colonnade.DataType;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls of every function over {@link RandomTables#everyType}: on each type that it takes, columns
 * with columns and columns with constants. None overflows.
 */
final class FunctionCases {
  private static final List<String> INTEGERS = List.of("i8", "i16", "i32", "u8", "u16", "u32", "n");
  private static final List<String> UNITS =
      List.of(
          "year",
          "quarter",
          "month",
          "week",
          "day",
          "hour",
          "minute",
          "second",
          "millisecond",
          "microsecond");

  private FunctionCases() {}

  /** How near two results of {@code function} must be: its rounding is no part of IEEE 754. */
  static Cells.Nearness nearness(Function function) {
    return switch (function) {
      case EXP, LN, LOG2, LOG10, POWER, SIN, COS, TAN, ASIN, ACOS, ATAN, ATAN2 -> Cells.ulps(2);
      case CBRT, SINH, COSH, TANH -> Cells.ulps(4);
      case DEGREES, RADIANS -> Cells.ulps(2);
      case EXPM1, LOG1P -> Cells.relative(1e-14);
      default -> Cells.EXACT;
    };
  }

  static List<Expression> of(Function function) {
    List<Expression> cases = new ArrayList<>();
    switch (function) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER -> {
        numbers(function, cases);
        if (function == Function.ADD || function == Function.SUBTRACT) {
          times(function, cases);
        }
      }
      case POWER, ATAN2, FILL_NAN -> numbers(function, cases);
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          SAME,
          NULL_IF,
          COALESCE,
          LEAST,
          GREATEST ->
          comparable(function, cases);
      case AND, OR, XOR -> {
        cases.add(call(function, col("bool"), col("bool_2")));
        cases.add(call(function, col("bool"), new Expression.Literal(DataType.BOOL, null)));
        cases.add(call(function, new Expression.Literal(DataType.BOOL, true), col("bool")));
      }
      case NOT -> cases.add(call(function, col("bool")));
      case IS_NULL, IS_NOT_NULL -> {
        for (DataType type : DataType.values()) {
          cases.add(call(function, col(type.label())));
        }
      }
      case ROUND -> {
        for (long decimals : new long[] {0, 1, 2, 5, -1, -2}) {
          for (String column : List.of("f64", "f32", "i8", "i32", "u32", "n")) {
            cases.add(call(function, col(column), integer(decimals)));
          }
        }
      }
      case LENGTH, BYTE_LENGTH, UPPER, LOWER, TRIM, TRIM_START, TRIM_END, REVERSE ->
          cases.add(call(function, col("utf8")));
      case CONCAT, CONTAINS, STARTS_WITH, ENDS_WITH, INDEX_OF -> {
        cases.add(call(function, col("utf8"), col("utf8_2")));
        for (String part : List.of("", "a", "b", "ä", "日", "\u0301")) {
          cases.add(call(function, col("utf8"), text(part)));
          cases.add(call(function, text("xaäb日"), call(Function.CONCAT, text(part), col("utf8"))));
        }
      }
      case MATCHES -> {
        for (String regex : List.of("^a", "[0-9]+", "a.c", "^$", "ä|日", "(ab)+c?", "\\.")) {
          cases.add(call(function, col("utf8"), text(regex)));
        }
      }
      case SUBSTRING -> {
        for (long start = -2; start < 4; start++) {
          cases.add(call(function, col("utf8"), integer(start), integer(2)));
          cases.add(call(function, col("utf8"), integer(start), col("i8")));
        }
        cases.add(call(function, col("utf8"), col("i64"), col("u8")));
        cases.add(call(function, col("utf8"), integer(1), integer(Integer.MAX_VALUE)));
      }
      case REPLACE -> {
        for (String target : List.of("", "a", "aa", "日", "ab")) {
          cases.add(call(function, col("utf8"), text(target), text("<ä>")));
          cases.add(call(function, col("utf8"), text(target), col("utf8_2")));
        }
        cases.add(call(function, col("utf8"), col("utf8_2"), text("")));
      }
      case PAD_START, PAD_END -> {
        for (String fill : List.of("", "x", "xyz", "日ä")) {
          cases.add(call(function, col("utf8"), integer(5), text(fill)));
          cases.add(call(function, col("utf8"), col("i8"), text(fill)));
        }
      }
      case YEAR,
          QUARTER,
          MONTH,
          DAY,
          HOUR,
          MINUTE,
          SECOND,
          MICROSECOND,
          DAY_OF_WEEK,
          DAY_OF_YEAR,
          ISO_WEEK -> {
        cases.add(call(function, col("date")));
        cases.add(call(function, col("timestamp")));
      }
      case TRUNCATE_TIME -> {
        for (String unit : UNITS) {
          cases.add(call(function, col("date"), text(unit)));
          cases.add(call(function, col("timestamp"), text(unit)));
        }
      }
      case OFFSET_TIME -> {
        for (String unit : UNITS) {
          for (Expression amount : List.of(col("i8"), integer(-13), integer(25))) {
            cases.add(call(function, col("date"), amount, text(unit)));
            cases.add(call(function, col("timestamp"), amount, text(unit)));
          }
        }
      }
      default -> {
        for (DataType type : DataType.values()) {
          if (type.isNumeric() && type != I64) {
            cases.add(call(function, col(type.label())));
          }
        }
        cases.add(call(function, col("n")));
      }
    }
    return cases;
  }

  private static void numbers(Function function, List<Expression> cases) {
    for (String left : INTEGERS) {
      for (String right : List.of("i8_2", "i32_2", "u16_2", "f64_2")) {
        cases.add(call(function, col(left), col(right)));
      }
      cases.add(call(function, col(left), integer(-7)));
      cases.add(call(function, integer(1000), col(left)));
      cases.add(call(function, col(left), number(2.5)));
    }
    for (String left : List.of("f64", "f32")) {
      for (String right : List.of("f64_2", "f32_2", "i64_2", "u8_2", "n")) {
        cases.add(call(function, col(left), col(right)));
      }
      for (double constant :
          new double[] {0.0, -0.0, 3, -0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
        cases.add(call(function, col(left), number(constant)));
        cases.add(call(function, number(constant), col(left)));
      }
      cases.add(call(function, col(left), integer(0)));
    }
  }

  private static void times(Function function, List<Expression> cases) {
    for (String time : List.of("date", "timestamp")) {
      cases.add(call(function, col(time), col("i8")));
      cases.add(call(function, col(time), integer(-3)));
      if (function == Function.SUBTRACT) {
        cases.add(call(function, col(time), col(time + "_2")));
      } else {
        cases.add(call(function, col("u16"), col(time)));
      }
    }
  }

  private static void comparable(Function function, List<Expression> cases) {
    for (DataType left : DataType.values()) {
      for (DataType right : DataType.values()) {
        boolean comparable =
            left == right
                || left.isNumeric() && right.isNumeric()
                || left.isTemporal() && right.isTemporal();
        if (comparable) {
          cases.add(call(function, col(left.label()), col(right.label() + "_2")));
        }
      }
      if (left.isNumeric()) {
        for (double constant :
            new double[] {
              0.0, -0.0, 2.5, 127, 1e300, Double.NaN, Double.NEGATIVE_INFINITY, 0x1p63
            }) {
          cases.add(call(function, col(left.label()), number(constant)));
          cases.add(call(function, number(constant), col(left.label())));
        }
        for (long constant :
            new long[] {0, -1, 255, 256, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1}) {
          cases.add(call(function, col(left.label()), integer(constant)));
        }
      }
    }
    for (String constant : List.of("", "a", "日本語", "zz")) {
      cases.add(call(function, col("utf8"), text(constant)));
      cases.add(call(function, text(constant), col("utf8")));
    }
    cases.add(call(function, col("bool"), new Expression.Literal(DataType.BOOL, true)));
    cases.add(call(function, col("date"), new Expression.Literal(DataType.DATE, 3L)));
    cases.add(
        call(
            function,
            col("date"),
            new Expression.Literal(DataType.TIMESTAMP_MICROS, 43_200_000_000L)));
    cases.add(call(function, col("timestamp"), new Expression.Literal(DataType.DATE, 1L)));
  }

  static Expression col(String name) {
    return new Expression.Column(name);
  }

  static Expression integer(long value) {
    return new Expression.Literal(I64, value);
  }

  static Expression number(double value) {
    return new Expression.Literal(F64, value);
  }

  static Expression text(String value) {
    return new Expression.Literal(UTF8, value);
  }

  static Expression call(Function function, Expression... arguments) {
    return Expression.Call.of(function, arguments);
  }
}
