package colonnade.oracle;

import static colonnade.DataType.DATE;
import static colonnade.DataType.F64;
import static colonnade.DataType.TIMESTAMP_MICROS;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Typing;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Expressions in SQL that says what Colonnade's documentation says, in DuckDB's own functions:
 * where the two differ (NaN in comparisons, rounding of casts, positions in text) the SQL spells
 * ours out.
 */
final class Sql {
  private final Schema schema;
  private final String prefix;

  /** SQL over a table of this schema, whose columns are qualified by {@code alias}. */
  Sql(Schema schema, String alias) {
    this.schema = schema;
    this.prefix = alias.isEmpty() ? "" : alias + ".";
  }

  /** The SQL of {@code expression}, of the type that {@link DuckDb#type} names. */
  String of(Expression expression) {
    return switch (expression) {
      case Expression.Column column -> prefix + '"' + column.name() + '"';
      case Expression.Literal literal -> literal(literal);
      case Expression.Alias alias -> of(alias.input());
      case Expression.Cast cast ->
          SqlCasts.cast(of(cast.input()), typeOf(cast.input()), cast.type());
      case Expression.Case choice -> choice(choice);
      case Expression.InList in -> in(in);
      case Expression.Call call -> call(call);
      default -> throw new IllegalArgumentException(expression.toString());
    };
  }

  DataType typeOf(Expression expression) {
    return Typing.typeOf(expression, schema);
  }

  private String choice(Expression.Case choice) {
    DataType type = typeOf(choice);
    StringBuilder sql = new StringBuilder("(case");
    for (Expression.Branch branch : choice.branches()) {
      sql.append(" when ").append(of(branch.condition()));
      sql.append(" then ").append(as(branch.value(), type));
    }
    if (choice.otherwise() != null) {
      sql.append(" else ").append(as(choice.otherwise(), type));
    }
    return sql.append(" end)").toString();
  }

  private String in(Expression.InList in) {
    String value = of(in.input());
    StringBuilder sql = new StringBuilder("(case when " + value + " is null then null else (false");
    for (Expression.Literal constant : in.values()) {
      sql.append(" or ");
      sql.append(equal(value, typeOf(in.input()), literal(constant), constant.type()));
    }
    return sql.append(") end)").toString();
  }

  /** The value in the common type of a case, coalesce, least or greatest. */
  private String as(Expression expression, DataType type) {
    DataType from = typeOf(expression);
    return from == null
        ? "cast(null as " + DuckDb.type(type) + ")"
        : widened(of(expression), from, type);
  }

  static String widened(String sql, DataType from, DataType to) {
    return DuckDb.type(from).equals(DuckDb.type(to))
        ? sql
        : "cast(" + sql + " as " + DuckDb.type(to) + ")";
  }

  private String call(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    List<String> sql = arguments.stream().map(this::of).toList();
    List<DataType> types = arguments.stream().map(this::typeOf).toList();
    String a = sql.get(0);
    String b = sql.size() > 1 ? sql.get(1) : "";
    return switch (call.function()) {
      case AND, OR -> "(" + a + " " + call.function().label() + " " + b + ")";
      case XOR -> "(" + a + " <> " + b + ")";
      case NOT -> "(not " + a + ")";
      case IS_NULL -> "(" + a + " is null)";
      case IS_NOT_NULL -> "(" + a + " is not null)";
      case IS_NAN -> types.get(0).isFloating() ? "isnan(" + a + ")" : constant(a, "false");
      case IS_FINITE -> types.get(0).isFloating() ? "isfinite(" + a + ")" : constant(a, "true");
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          compare(call.function(), a, types.get(0), b, types.get(1));
      case SAME ->
          "(case when "
              + a
              + " is null or "
              + b
              + " is null then "
              + a
              + " is null and "
              + b
              + " is null else "
              + equal(a, types.get(0), b, types.get(1))
              + " end)";
      case NULL_IF ->
          "(case when "
              + equal(a, types.get(0), b, types.get(1))
              + " then null else "
              + a
              + " end)";
      case FILL_NAN -> {
        String x = widened(a, types.get(0), F64);
        yield "(case when isnan("
            + x
            + ") then "
            + widened(b, types.get(1), F64)
            + " else "
            + x
            + " end)";
      }
      case COALESCE -> {
        List<String> values = arguments.stream().map(e -> as(e, typeOf(call))).toList();
        yield "coalesce(" + String.join(", ", values) + ")";
      }
      case LEAST, GREATEST -> extreme(call);
      default -> SqlFunctions.strict(call, sql, types, typeOf(call));
    };
  }

  private static String constant(String value, String result) {
    return "(case when " + value + " is null then null else " + result + " end)";
  }

  /** Of values that are equal (0.0 and -0.0 are) the first; NaN is above all, as in DuckDB. */
  private String extreme(Expression.Call call) {
    String sign = call.function() == Function.LEAST ? " < " : " > ";
    String best = as(call.arguments().get(0), typeOf(call));
    for (Expression argument : call.arguments().subList(1, call.arguments().size())) {
      String next = as(argument, typeOf(call));
      best =
          "(case when "
              + best
              + " is null then "
              + next
              + " when "
              + next
              + " is null then "
              + best
              + " when "
              + next
              + sign
              + best
              + " then "
              + next
              + " else "
              + best
              + " end)";
    }
    return best;
  }

  /** Whether both are equal by value, in SQL that is null if one of them is. */
  static String equal(String a, DataType typeA, String b, DataType typeB) {
    return compare(Function.EQUAL, a, typeA, b, typeB);
  }

  /** IEEE 754, and exact between integers and floating point. */
  static String compare(Function function, String a, DataType typeA, String b, DataType typeB) {
    if (typeA != null && typeB != null && typeA.isInteger() && typeB.isFloating()) {
      return exact(function, a, b);
    }
    if (typeA != null && typeB != null && typeA.isFloating() && typeB.isInteger()) {
      return exact(mirrored(function), b, a);
    }
    String left = a;
    String right = b;
    if (typeA == DATE && typeB == TIMESTAMP_MICROS) {
      left = widened(a, DATE, TIMESTAMP_MICROS);
    } else if (typeA == TIMESTAMP_MICROS && typeB == DATE) {
      right = widened(b, DATE, TIMESTAMP_MICROS);
    }
    String plain = "(" + left + " " + function.label() + " " + right + ")";
    if (typeA == null || !typeA.isFloating()) {
      return plain;
    }
    return "(case when "
        + a
        + " is null or "
        + b
        + " is null then null when isnan("
        + a
        + ") or isnan("
        + b
        + ") then "
        + (function == Function.NOT_EQUAL)
        + " else "
        + plain
        + " end)";
  }

  /** An integer with a floating-point value, both taken as the real numbers that they are. */
  private static String exact(Function function, String integer, String floating) {
    String clamped = "greatest(least(" + floating + ", 1e30), -1e30)";
    String floor = "cast(floor(" + clamped + ") as HUGEINT)";
    String ceil = "cast(ceil(" + clamped + ") as HUGEINT)";
    String i = "cast(" + integer + " as HUGEINT)";
    String holds =
        switch (function) {
          case LESS -> i + " < " + ceil;
          case LESS_OR_EQUAL -> i + " <= " + floor;
          case GREATER -> i + " > " + floor;
          case GREATER_OR_EQUAL -> i + " >= " + ceil;
          case EQUAL -> floor + " = " + ceil + " and " + i + " = " + floor;
          default -> floor + " <> " + ceil + " or " + i + " <> " + floor;
        };
    return "(case when "
        + integer
        + " is null or "
        + floating
        + " is null then null when isnan("
        + floating
        + ") then "
        + (function == Function.NOT_EQUAL)
        + " else "
        + holds
        + " end)";
  }

  private static Function mirrored(Function function) {
    return switch (function) {
      case LESS -> Function.GREATER;
      case LESS_OR_EQUAL -> Function.GREATER_OR_EQUAL;
      case GREATER -> Function.LESS;
      case GREATER_OR_EQUAL -> Function.LESS_OR_EQUAL;
      default -> function;
    };
  }

  static String literal(Expression.Literal literal) {
    DataType type = literal.type();
    if (type == null || literal.value() == null) {
      return type == null ? "null" : "cast(null as " + DuckDb.type(type) + ")";
    }
    Object value = literal.value();
    return switch (type) {
      case F32 -> floating(((Number) value).floatValue());
      case F64 -> floating(((Number) value).doubleValue());
      case BOOL -> value.toString();
      case DATE -> "(DATE '1970-01-01' + (" + value + ")::INTEGER)";
      case TIMESTAMP_MICROS -> "make_timestamp((" + value + ")::BIGINT)";
      case UTF8 -> text((String) value);
      case BINARY -> "unhex('" + HexFormat.of().formatHex((byte[]) value) + "')";
      default -> "'" + value + "'::BIGINT";
    };
  }

  /** DuckDB takes -0.0 in SQL for 0.0. */
  private static String floating(double value) {
    return value == 0 && 1 / value < 0 ? "minus_zero" : "'" + value + "'::DOUBLE";
  }

  /** A text constant; NUL cannot stand in SQL. */
  static String text(String value) {
    List<String> parts = new ArrayList<>();
    for (String part : value.split("\u0000", -1)) {
      parts.add("'" + part.replace("'", "''") + "'");
    }
    return parts.size() == 1 ? parts.get(0) : "(" + String.join(" || chr(0) || ", parts) + ")";
  }
}
