package colonnade.engine.exec.expr;

import static colonnade.DataType.BINARY;
import static colonnade.DataType.BOOL;
import static colonnade.DataType.DATE;
import static colonnade.DataType.F64;
import static colonnade.DataType.I64;
import static colonnade.DataType.TIMESTAMP_MICROS;
import static colonnade.DataType.UTF8;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Typing;
import colonnade.error.TypeMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random expressions over a schema that has columns of every type. */
final class RandomExpressions {
  private static final List<Function> NUMERIC =
      List.of(
          Function.ADD,
          Function.SUBTRACT,
          Function.MULTIPLY,
          Function.DIVIDE,
          Function.FLOOR_DIVIDE,
          Function.REMAINDER,
          Function.NEGATE,
          Function.ABSOLUTE,
          Function.SIGN,
          Function.FLOOR,
          Function.CEIL,
          Function.TRUNCATE,
          Function.ROUND,
          Function.SQRT,
          Function.EXP,
          Function.LN,
          Function.POWER,
          Function.FILL_NAN);
  private static final List<Function> COMPARISONS =
      List.of(
          Function.EQUAL,
          Function.NOT_EQUAL,
          Function.LESS,
          Function.LESS_OR_EQUAL,
          Function.GREATER,
          Function.GREATER_OR_EQUAL,
          Function.SAME);
  private static final List<Function> PARTS =
      List.of(
          Function.YEAR,
          Function.QUARTER,
          Function.MONTH,
          Function.DAY,
          Function.HOUR,
          Function.MINUTE,
          Function.SECOND,
          Function.MICROSECOND,
          Function.DAY_OF_WEEK,
          Function.DAY_OF_YEAR,
          Function.ISO_WEEK);
  static final List<String> UNITS =
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

  private final Schema schema;
  private final SplittableRandom random;

  RandomExpressions(Schema schema, SplittableRandom random) {
    this.schema = schema;
    this.random = random;
  }

  /** An expression of some type that passes the type check. */
  Expression next(int depth) {
    while (true) {
      Expression expression = ofType(pick(List.of(DataType.values())), depth);
      try {
        if (Typing.typeOf(expression, schema) != null) {
          return expression;
        }
      } catch (TypeMismatchException e) {
        // The next one may do.
      }
    }
  }

  /** A condition. */
  Expression condition(int depth) {
    return ofType(BOOL, depth);
  }

  /** An expression of {@code type} or one near to it. */
  private Expression ofType(DataType type, int depth) {
    if (depth == 0) {
      return leaf(type);
    }
    int next = depth - 1;
    switch (random.nextInt(12)) {
      case 0 -> {
        return leaf(type);
      }
      case 1 -> {
        return new Expression.Cast(
            ofType(random.nextBoolean() ? UTF8 : sourceOf(type), next),
            type,
            random.nextInt(4) != 0);
      }
      case 2 -> {
        List<Expression.Branch> branches = new ArrayList<>();
        for (int b = 0; b <= random.nextInt(3); b++) {
          branches.add(new Expression.Branch(ofType(BOOL, next), ofType(type, next)));
        }
        return new Expression.Case(branches, random.nextInt(3) == 0 ? null : ofType(type, next));
      }
      case 3 -> {
        Function function = pick(List.of(Function.COALESCE, Function.LEAST, Function.GREATEST));
        return Expression.Call.of(function, ofType(type, next), ofType(type, 0), leaf(type));
      }
      case 4 -> {
        return Expression.Call.of(Function.NULL_IF, ofType(type, next), ofType(type, 0));
      }
      default -> {
        return switch (type) {
          case BOOL -> boolExpression(next);
          case DATE, TIMESTAMP_MICROS -> timeExpression(type, next);
          case UTF8 -> textExpression(next);
          case BINARY -> leaf(BINARY);
          default -> numberExpression(next);
        };
      }
    }
  }

  private Expression numberExpression(int depth) {
    switch (random.nextInt(8)) {
      case 0 -> {
        return Expression.Call.of(pick(PARTS), ofType(time(), depth));
      }
      case 1 -> {
        return Expression.Call.of(
            pick(List.of(Function.LENGTH, Function.BYTE_LENGTH)), ofType(UTF8, depth));
      }
      case 2 -> {
        return Expression.Call.of(Function.INDEX_OF, ofType(UTF8, depth), leaf(UTF8));
      }
      case 3 -> {
        DataType time = time();
        return Expression.Call.of(Function.SUBTRACT, ofType(time, depth), ofType(time, depth));
      }
      default -> {}
    }
    Function function = pick(NUMERIC);
    Expression first = ofType(number(), depth);
    return switch (function) {
      case ROUND ->
          Expression.Call.of(
              function, first, new Expression.Literal(I64, (long) random.nextInt(-4, 5)));
      case NEGATE, ABSOLUTE, SIGN, FLOOR, CEIL, TRUNCATE, SQRT, EXP, LN ->
          Expression.Call.of(function, first);
      default -> Expression.Call.of(function, first, ofType(number(), depth));
    };
  }

  private Expression boolExpression(int depth) {
    return switch (random.nextInt(10)) {
      case 0, 1 ->
          Expression.Call.of(
              pick(List.of(Function.AND, Function.OR, Function.XOR)),
              ofType(BOOL, depth),
              ofType(BOOL, depth));
      case 2 -> Expression.Call.of(Function.NOT, ofType(BOOL, depth));
      case 3 ->
          Expression.Call.of(
              pick(List.of(Function.IS_NULL, Function.IS_NOT_NULL)),
              ofType(pick(List.of(DataType.values())), depth));
      case 4 ->
          Expression.Call.of(
              pick(List.of(Function.CONTAINS, Function.STARTS_WITH, Function.ENDS_WITH)),
              ofType(UTF8, depth),
              leaf(UTF8));
      case 5 -> membership(depth);
      case 6 ->
          Expression.Call.of(
              pick(List.of(Function.IS_NAN, Function.IS_FINITE)), ofType(number(), depth));
      default -> {
        DataType type = pick(List.of(DataType.values()));
        DataType other = type.isNumeric() ? number() : type.isTemporal() ? time() : type;
        yield Expression.Call.of(pick(COMPARISONS), ofType(type, depth), ofType(other, 0));
      }
    };
  }

  private Expression membership(int depth) {
    DataType type = pick(List.of(DataType.values()));
    List<Expression.Literal> constants = new ArrayList<>();
    for (int i = 0; i < random.nextInt(6); i++) {
      DataType other = type.isNumeric() ? number() : type.isTemporal() ? time() : type;
      constants.add(new Expression.Literal(other, Values.random(other, random, 0)));
    }
    return new Expression.InList(ofType(type, depth), constants);
  }

  private Expression timeExpression(DataType type, int depth) {
    Expression input = ofType(type, depth);
    Expression unit = new Expression.Literal(UTF8, pick(UNITS));
    Expression amount = new Expression.Literal(I64, (long) random.nextInt(-50, 50));
    return switch (random.nextInt(3)) {
      case 0 -> Expression.Call.of(Function.TRUNCATE_TIME, input, unit);
      case 1 -> Expression.Call.of(Function.OFFSET_TIME, input, amount, unit);
      default -> Expression.Call.of(pick(List.of(Function.ADD, Function.SUBTRACT)), input, amount);
    };
  }

  private Expression textExpression(int depth) {
    Expression input = ofType(UTF8, depth);
    Expression start = new Expression.Literal(I64, (long) random.nextInt(-2, 5));
    Expression length = new Expression.Literal(I64, (long) random.nextInt(-1, 8));
    return switch (random.nextInt(6)) {
      case 0 -> Expression.Call.of(Function.CONCAT, input, leaf(UTF8), ofType(UTF8, depth));
      case 1 ->
          Expression.Call.of(
              Function.SUBSTRING, input, start, random.nextBoolean() ? length : leaf(I64));
      case 2 -> Expression.Call.of(Function.REPLACE, input, leaf(UTF8), leaf(UTF8));
      case 3 ->
          Expression.Call.of(
              pick(List.of(Function.PAD_START, Function.PAD_END)), input, length, leaf(UTF8));
      default ->
          Expression.Call.of(
              pick(
                  List.of(
                      Function.UPPER,
                      Function.LOWER,
                      Function.TRIM,
                      Function.TRIM_START,
                      Function.TRIM_END,
                      Function.REVERSE)),
              input);
    };
  }

  private Expression leaf(DataType type) {
    return switch (random.nextInt(12)) {
      case 0 -> new Expression.Literal(type, null);
      case 1, 2, 3, 4 -> new Expression.Literal(type, Values.random(type, random, 0));
      default -> new Expression.Column(type.label() + (random.nextBoolean() ? "" : "2"));
    };
  }

  private DataType sourceOf(DataType type) {
    return switch (type) {
      case DATE, TIMESTAMP_MICROS -> time();
      case UTF8 -> pick(List.of(DataType.values()));
      case BINARY -> UTF8;
      default -> random.nextInt(4) == 0 ? BOOL : number();
    };
  }

  private DataType number() {
    return pick(
        List.of(
            DataType.I8,
            DataType.I16,
            DataType.I32,
            I64,
            DataType.U8,
            DataType.U16,
            DataType.U32,
            DataType.F32,
            F64,
            F64,
            I64));
  }

  private DataType time() {
    return random.nextBoolean() ? DATE : TIMESTAMP_MICROS;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
