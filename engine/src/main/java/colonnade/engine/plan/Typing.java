package colonnade.engine.plan;

import static colonnade.DataType.BINARY;
import static colonnade.DataType.BOOL;
import static colonnade.DataType.DATE;
import static colonnade.DataType.F64;
import static colonnade.DataType.I32;
import static colonnade.DataType.I64;
import static colonnade.DataType.TIMESTAMP_MICROS;
import static colonnade.DataType.UTF8;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The types of expressions over a schema, and the checks that are made the moment an expression is
 * attached to a frame. Errors are {@link TypeMismatchException}, {@link InvalidQueryException} and
 * {@link colonnade.error.UnknownColumnException}.
 */
public final class Typing {
  private Typing() {}

  /**
   * The type of {@code expression} over the rows of {@code schema}; null only for a literal null.
   * Refuses aggregates and normalize.
   */
  public static @Nullable DataType typeOf(Expression expression, Schema schema) {
    return switch (expression) {
      case Expression.Column column -> schema.field(column.name()).type();
      case Expression.Literal literal -> literal.type();
      case Expression.Alias alias -> typeOf(alias.input(), schema);
      case Expression.Cast cast -> cast(cast, typeOf(cast.input(), schema));
      case Expression.Case choice -> typeOfCase(choice, schema);
      case Expression.InList in -> {
        DataType input = typeOf(in.input(), schema);
        for (Expression.Literal value : in.values()) {
          requireComparable(input, value.type(), expression);
        }
        yield BOOL;
      }
      case Expression.Call call -> {
        List<@Nullable DataType> types = new ArrayList<>();
        for (Expression argument : call.arguments()) {
          types.add(typeOf(argument, schema));
        }
        yield FunctionTyping.resultType(call, types);
      }
      case Expression.Normalize normalize -> {
        requireNumeric(typeOf(normalize.input(), schema), expression);
        normalize.by().forEach(key -> typeOf(key, schema));
        yield F64;
      }
      case Expression.Aggregate aggregate ->
          throw new InvalidQueryException(
              ExpressionText.of(aggregate),
              "the aggregate "
                  + ExpressionText.of(aggregate)
                  + " stands where a value of each row is needed",
              "Compute it with aggregate(...) or groupBy(...).aggregate(...) first.");
    };
  }

  /** As {@link #typeOf}, where a literal null needs a type. */
  public static DataType typeOfRowExpression(Expression expression, Schema schema, String place) {
    DataType type = typeOf(expression, schema);
    if (type == null) {
      throw new TypeMismatchException(
          place,
          "the null for '" + place + "' has no type",
          "Give it one: lit(null).cast(F64), for example.");
    }
    return type;
  }

  /** The type of an expression over aggregates; columns may only stand inside aggregates. */
  public static DataType typeOfAggregate(Expression expression, Schema schema, String place) {
    if (!containsAggregate(expression)) {
      throw new InvalidQueryException(
          place,
          "'"
              + place
              + "' is not an aggregate: "
              + ExpressionText.of(expression)
              + " has a value for each row",
          "Wrap it: sum(...), mean(...), first(...), or make it a key of the groupBy.");
    }
    AggregateSplit split = AggregateSplit.of(List.of(new Named(place, expression)), schema);
    return typeOfRowExpression(split.results().get(0).expression(), split.schema(), place);
  }

  /** The result type of one aggregate over {@code schema}. */
  public static DataType typeOfAggregate(Expression.Aggregate aggregate, Schema schema) {
    List<DataType> types = new ArrayList<>();
    for (Expression argument : aggregate.arguments()) {
      types.add(typeOfRowExpression(argument, schema, ExpressionText.of(aggregate)));
    }
    if (types.size() != aggregate.function().arity()) {
      throw new InvalidQueryException(
          ExpressionText.of(aggregate),
          aggregate.function().label()
              + " takes "
              + aggregate.function().arity()
              + " arguments, not "
              + types.size(),
          "");
    }
    return switch (aggregate.function()) {
      case COUNT, COUNT_PRESENT, COUNT_DISTINCT, APPROXIMATE_COUNT_DISTINCT -> I64;
      case SUM -> {
        requireNumeric(types.get(0), aggregate);
        yield types.get(0).isFloating() ? F64 : I64;
      }
      case MEAN,
          VARIANCE,
          STANDARD_DEVIATION,
          VARIANCE_POPULATION,
          STANDARD_DEVIATION_POPULATION,
          MAX_ABSOLUTE -> {
        requireNumeric(types.get(0), aggregate);
        yield F64;
      }
      case QUANTILE -> {
        requireNumeric(types.get(0), aggregate);
        if (!(aggregate.parameter() >= 0 && aggregate.parameter() <= 1)) {
          throw new InvalidQueryException(
              ExpressionText.of(aggregate),
              "a quantile is between 0 and 1, not " + aggregate.parameter(),
              "");
        }
        yield F64;
      }
      case CORRELATION -> {
        types.forEach(type -> requireNumeric(type, aggregate));
        yield F64;
      }
      case LARGEST -> {
        requireNumeric(types.get(0), aggregate);
        if (!(aggregate.parameter() >= 1 && aggregate.parameter() <= 1_000_000)) {
          throw new InvalidQueryException(
              ExpressionText.of(aggregate),
              "largest takes a number of rows from 1 to 1,000,000, not "
                  + (long) aggregate.parameter(),
              "");
        }
        yield types.get(0);
      }
      case MIN, MAX, FIRST, LAST -> types.get(0);
    };
  }

  /** Whether an aggregate stands somewhere in {@code expression}. */
  public static boolean containsAggregate(Expression expression) {
    return expression instanceof Expression.Aggregate
        || expression.children().stream().anyMatch(Typing::containsAggregate);
  }

  /** Whether a normalize stands somewhere in {@code expression}. */
  public static boolean containsNormalize(Expression expression) {
    return expression instanceof Expression.Normalize
        || expression.children().stream().anyMatch(Typing::containsNormalize);
  }

  /** Refuses what is not a boolean. */
  public static void requireBoolean(Expression expression, Schema schema, String verb) {
    DataType type = typeOf(expression, schema);
    if (type != BOOL) {
      throw new TypeMismatchException(
          ExpressionText.of(expression),
          verb + " takes a condition, but " + ExpressionText.of(expression) + " is " + label(type),
          "Compare it with something: .gt(0), .eq(\"x\"), .isNotNull().");
    }
  }

  /** Refuses key pairs that cannot be equal. */
  public static void requireComparable(
      Expression left, Schema leftSchema, Expression right, Schema rightSchema, String verb) {
    DataType l = typeOf(left, leftSchema);
    DataType r = typeOf(right, rightSchema);
    if (!comparable(l, r)) {
      throw new TypeMismatchException(
          verb,
          verb
              + " compares "
              + ExpressionText.of(left)
              + " ("
              + label(l)
              + ") with "
              + ExpressionText.of(right)
              + " ("
              + label(r)
              + ")",
          "Cast one of them.");
    }
  }

  /**
   * The type in which two join keys compare; a 64-bit integer and a floating-point number compare
   * as integers, since f64 does not hold them all.
   */
  public static DataType keyType(
      Expression left, Schema leftSchema, Expression right, Schema rightSchema) {
    DataType l = typeOf(left, leftSchema);
    DataType r = typeOf(right, rightSchema);
    if (l != null && r != null && (l == I64 && r.isFloating() || r == I64 && l.isFloating())) {
      return I64;
    }
    DataType common = common(l, r);
    return common == null ? I64 : common;
  }

  static void requireComparable(
      @Nullable DataType left, @Nullable DataType right, Expression place) {
    if (!comparable(left, right)) {
      throw new TypeMismatchException(
          ExpressionText.of(place),
          ExpressionText.of(place) + " compares " + label(left) + " with " + label(right),
          "Cast one of them.");
    }
  }

  static void requireNumeric(@Nullable DataType type, Expression place) {
    if (type != null && !type.isNumeric()) {
      throw new TypeMismatchException(
          ExpressionText.of(place),
          ExpressionText.of(place) + " needs a number, not " + label(type),
          "");
    }
  }

  static String label(@Nullable DataType type) {
    return type == null ? "null" : type.label();
  }

  /**
   * Whether values of these types compare: numbers with numbers, dates with timestamps, else equal
   * types; null with all.
   */
  static boolean comparable(@Nullable DataType left, @Nullable DataType right) {
    return left == null
        || right == null
        || left == right
        || left.isNumeric() && right.isNumeric()
        || left.isTemporal() && right.isTemporal();
  }

  /**
   * The type that holds the values of both, or null if there is none; a literal null fits every
   * type.
   */
  static @Nullable DataType common(@Nullable DataType left, @Nullable DataType right) {
    if (left == null || left == right) {
      return right;
    }
    if (right == null) {
      return left;
    }
    if (left.isNumeric() && right.isNumeric()) {
      return left.isFloating() || right.isFloating() ? F64 : I64;
    }
    return left.isTemporal() && right.isTemporal() ? TIMESTAMP_MICROS : null;
  }

  private static @Nullable DataType typeOfCase(Expression.Case choice, Schema schema) {
    DataType result = null;
    List<Expression> values = new ArrayList<>();
    for (Expression.Branch branch : choice.branches()) {
      requireBoolean(branch.condition(), schema, "when");
      values.add(branch.value());
    }
    if (choice.otherwise() != null) {
      values.add(choice.otherwise());
    }
    for (Expression value : values) {
      DataType type = typeOf(value, schema);
      DataType common = common(result, type);
      if (common == null && (result != null || type != null)) {
        throw new TypeMismatchException(
            ExpressionText.of(choice),
            "the branches of "
                + ExpressionText.of(choice)
                + " are "
                + label(result)
                + " and "
                + label(type),
            "Cast them to one type.");
      }
      result = common;
    }
    return result;
  }

  private static DataType cast(Expression.Cast cast, @Nullable DataType from) {
    DataType to = cast.type();
    boolean possible =
        from == null
            || from == to
            || from == UTF8
            || to == UTF8
            || (from.isNumeric() || from == BOOL) && (to.isNumeric() || to == BOOL)
            || from.isTemporal() && to.isTemporal()
            || (from == DATE || from == I32) && (to == DATE || to == I32)
            || from.isTemporal() && to == I64
            || from.isInteger() && to.isTemporal()
            || from == BINARY && to == UTF8;
    if (!possible || from != null && from != UTF8 && to == BINARY && from != BINARY) {
      throw new TypeMismatchException(
          ExpressionText.of(cast),
          "no cast from " + label(from) + " to " + to + " in " + ExpressionText.of(cast),
          "");
    }
    return to;
  }
}
