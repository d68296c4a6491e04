package colonnade.oracle;

import static colonnade.oracle.FunctionCases.call;
import static colonnade.oracle.FunctionCases.col;

import colonnade.DataType;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random nested expressions over {@link RandomTables#everyType} whose every step is exact and
 * cannot fail, so that both engines must agree to the bit.
 */
final class RandomConditions {
  private static final List<Function> COMPARISONS =
      List.of(
          Function.EQUAL,
          Function.NOT_EQUAL,
          Function.LESS,
          Function.LESS_OR_EQUAL,
          Function.GREATER,
          Function.GREATER_OR_EQUAL,
          Function.SAME);
  private static final int MOST_BITS = 62;

  private final SplittableRandom random;

  RandomConditions(SplittableRandom random) {
    this.random = random;
  }

  /**
   * A number and how many bits an integer can take; floating point has 64, more than any sum may.
   */
  record Number(Expression expression, int bits) {}

  /** A condition of at most this depth. */
  Expression condition(int depth) {
    if (depth == 0) {
      return leafCondition();
    }
    return switch (random.nextInt(10)) {
      case 0, 1, 2 ->
          call(
              pick(List.of(Function.AND, Function.OR)), condition(depth - 1), condition(depth - 1));
      case 3 -> call(Function.XOR, condition(depth - 1), condition(depth - 1));
      case 4 -> call(Function.NOT, condition(depth - 1));
      case 5 -> choice(condition(depth - 1), condition(depth - 1), condition(depth - 1));
      case 6 ->
          call(pick(COMPARISONS), number(depth - 1).expression(), number(depth - 1).expression());
      case 7 -> call(pick(COMPARISONS), text(depth - 1), text(depth - 1));
      case 8 -> call(pick(COMPARISONS), time(depth - 1), time(0));
      default -> leafCondition();
    };
  }

  private Expression leafCondition() {
    DataType type = pick(List.of(DataType.values()));
    Expression column = col(type.label());
    return switch (random.nextInt(6)) {
      case 0 -> col(random.nextBoolean() ? "bool" : "bool_2");
      case 1 -> call(pick(List.of(Function.IS_NULL, Function.IS_NOT_NULL)), column);
      case 2 -> in(type);
      case 3 -> {
        Function function =
            pick(List.of(Function.CONTAINS, Function.STARTS_WITH, Function.ENDS_WITH));
        yield call(function, col("utf8"), constant(DataType.UTF8));
      }
      case 4 ->
          call(
              Function.AND,
              call(Function.GREATER_OR_EQUAL, column, constant(type)),
              call(Function.LESS_OR_EQUAL, column, constant(type)));
      default ->
          call(
              pick(COMPARISONS),
              column,
              random.nextBoolean() ? constant(type) : col(type.label() + "_2"));
    };
  }

  private Expression in(DataType type) {
    List<Expression.Literal> values = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      values.add(constant(type.isNumeric() && random.nextInt(3) == 0 ? DataType.F64 : type));
    }
    return new Expression.InList(col(type.label()), values);
  }

  Number number(int depth) {
    if (depth == 0) {
      return leafNumber();
    }
    Number a = number(depth - 1);
    Number b = number(depth - 1);
    boolean floating = a.bits > MOST_BITS || b.bits > MOST_BITS;
    switch (random.nextInt(14)) {
      case 0, 1 -> {
        return sum(
            pick(List.of(Function.ADD, Function.SUBTRACT)), a, b, Math.max(a.bits, b.bits) + 1);
      }
      case 2 -> {
        return sum(Function.MULTIPLY, a, b, a.bits + b.bits);
      }
      case 3 -> {
        return sum(Function.FLOOR_DIVIDE, a, b, a.bits + 1);
      }
      case 4 -> {
        return sum(Function.REMAINDER, a, b, Math.max(a.bits, b.bits));
      }
      case 5 -> {
        return new Number(call(Function.DIVIDE, a.expression, b.expression), 64);
      }
      case 6 -> {
        Function unary =
            pick(
                List.of(
                    Function.NEGATE,
                    Function.ABSOLUTE,
                    Function.SIGN,
                    Function.FLOOR,
                    Function.CEIL,
                    Function.TRUNCATE));
        return new Number(call(unary, safe(a)), a.bits > MOST_BITS ? 64 : a.bits + 1);
      }
      case 7 -> {
        return new Number(call(Function.SQRT, a.expression), 64);
      }
      case 8 -> {
        Expression decimals = FunctionCases.integer(random.nextInt(-2, 4));
        return a.bits + 8 > MOST_BITS
            ? new Number(call(Function.ROUND, safe(a), decimals), 64)
            : new Number(call(Function.ROUND, a.expression, decimals), a.bits + 8);
      }
      case 9 -> {
        Function function = pick(List.of(Function.COALESCE, Function.LEAST, Function.GREATEST));
        return floating
            ? new Number(call(function, safe(a), safe(b)), 64)
            : new Number(call(function, a.expression, b.expression), Math.max(a.bits, b.bits));
      }
      case 10 -> {
        return new Number(call(Function.NULL_IF, safe(a), b.expression), a.bits);
      }
      case 11 -> {
        Expression chosen = choice(condition(depth - 1), safe(a), safe(b));
        return new Number(chosen, floating ? 64 : Math.max(a.bits, b.bits));
      }
      case 12 -> {
        DataType narrow = pick(List.of(DataType.I8, DataType.U16, DataType.I32, DataType.U32));
        return new Number(new Expression.Cast(a.expression, narrow, true), 33);
      }
      default -> {
        return random.nextBoolean()
            ? new Number(call(Function.LENGTH, text(depth - 1)), 8)
            : new Number(
                call(
                    pick(List.of(Function.YEAR, Function.MONTH, Function.DAY_OF_WEEK)),
                    time(depth - 1)),
                15);
      }
    }
  }

  private Number sum(Function function, Number a, Number b, int bits) {
    return bits > MOST_BITS || a.bits > MOST_BITS || b.bits > MOST_BITS
        ? new Number(call(function, real(a), safe(b)), 64)
        : new Number(call(function, a.expression, b.expression), bits);
  }

  /** In f64 where the integer may be near its limits. */
  private static Expression safe(Number number) {
    return number.bits > MOST_BITS ? real(number) : number.expression;
  }

  private static Expression real(Number number) {
    return new Expression.Cast(number.expression, DataType.F64, false);
  }

  private Number leafNumber() {
    return switch (random.nextInt(8)) {
      case 0 -> new Number(FunctionCases.integer(random.nextInt(-20, 20)), 6);
      case 1 -> new Number(constant(DataType.F64), 64);
      case 2 -> new Number(col("n"), 21);
      case 3 -> new Number(col("i64"), 64);
      case 4 -> new Number(col("f32"), 64);
      case 5 -> new Number(col(random.nextBoolean() ? "f64" : "f64_2"), 64);
      default -> {
        DataType type =
            pick(
                List.of(
                    DataType.I8,
                    DataType.I16,
                    DataType.I32,
                    DataType.U8,
                    DataType.U16,
                    DataType.U32));
        yield new Number(col(type.label()), 8 * type.widthBytes() + 1);
      }
    };
  }

  Expression text(int depth) {
    if (depth == 0) {
      return switch (random.nextInt(4)) {
        case 0 -> constant(DataType.UTF8);
        case 1 -> col("utf8_2");
        default -> col("utf8");
      };
    }
    Expression a = text(depth - 1);
    return switch (random.nextInt(7)) {
      case 0 -> call(Function.CONCAT, a, text(0));
      case 1 ->
          call(
              Function.SUBSTRING,
              a,
              FunctionCases.integer(random.nextInt(-1, 3)),
              FunctionCases.integer(random.nextInt(0, 5)));
      case 2 -> call(Function.REPLACE, a, constant(DataType.UTF8), text(0));
      case 3 -> call(pick(List.of(Function.UPPER, Function.LOWER, Function.REVERSE)), a);
      case 4 -> call(pick(List.of(Function.TRIM, Function.TRIM_START, Function.TRIM_END)), a);
      case 5 -> choice(condition(depth - 1), a, text(0));
      default ->
          call(pick(List.of(Function.COALESCE, Function.LEAST, Function.GREATEST)), a, text(0));
    };
  }

  private Expression time(int depth) {
    String name = random.nextBoolean() ? "date" : "timestamp";
    if (depth == 0) {
      return col(random.nextBoolean() ? name : name + "_2");
    }
    Expression unit =
        FunctionCases.text(
            pick(List.of("year", "quarter", "month", "week", "day", "hour", "minute")));
    return switch (random.nextInt(3)) {
      case 0 -> call(Function.TRUNCATE_TIME, time(depth - 1), unit);
      case 1 ->
          call(Function.OFFSET_TIME, time(0), FunctionCases.integer(random.nextInt(0, 30)), unit);
      default -> call(Function.COALESCE, time(depth - 1), time(0));
    };
  }

  private Expression choice(Expression condition, Expression then, Expression otherwise) {
    return new Expression.Case(
        List.of(new Expression.Branch(condition, then)), random.nextInt(4) == 0 ? null : otherwise);
  }

  private Expression.Literal constant(DataType type) {
    return new Expression.Literal(type, RandomTables.value(type, random.nextBoolean(), random));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
