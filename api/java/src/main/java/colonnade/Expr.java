package colonnade;

import colonnade.engine.exec.FittedScaling;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Scaling;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value computed from a row, or from many rows: {@code col("delay").div(col("distance"))}, {@code
 * mean("delay").as("mean_delay")}. An immutable description without types; names and types are
 * checked the moment it is attached to a {@link Frame}, before any row is read. Safe for all
 * threads. Meant for {@code import static colonnade.Expr.*}.
 *
 * <p>A String is a column's name in {@link #col}, in the aggregates ({@code sum("fare")}) and in
 * {@link #asc} and {@link #desc}; everywhere else it is text ({@code col("origin").eq("LAS")}).
 * Unless said otherwise a null argument gives null; aggregates skip nulls.
 *
 * <p>{@code toString} is the expression as {@link Frame#explain()} writes it. Two expressions are
 * equal if they say the same.
 */
public final class Expr extends TextAndTimeExpr {
  /** Signed 8-bit integer. */
  public static final DataType I8 = DataType.I8;

  /** Signed 16-bit integer. */
  public static final DataType I16 = DataType.I16;

  /** Signed 32-bit integer. */
  public static final DataType I32 = DataType.I32;

  /** Signed 64-bit integer. */
  public static final DataType I64 = DataType.I64;

  /** Unsigned 8-bit integer. */
  public static final DataType U8 = DataType.U8;

  /** Unsigned 16-bit integer. */
  public static final DataType U16 = DataType.U16;

  /** Unsigned 32-bit integer. */
  public static final DataType U32 = DataType.U32;

  /** IEEE 754 single precision. */
  public static final DataType F32 = DataType.F32;

  /** IEEE 754 double precision. */
  public static final DataType F64 = DataType.F64;

  /** True or false. */
  public static final DataType BOOL = DataType.BOOL;

  /** Days, without a time zone. */
  public static final DataType DATE = DataType.DATE;

  /** Microseconds, without a time zone. */
  public static final DataType TIMESTAMP_MICROS = DataType.TIMESTAMP_MICROS;

  /** Text. */
  public static final DataType UTF8 = DataType.UTF8;

  /** Bytes of any length. */
  public static final DataType BINARY = DataType.BINARY;

  private final Expression expression;

  /** The expression of this plan expression; for bridges and other languages. */
  public Expr(Expression expression) {
    this.expression = expression;
  }

  /** The plan expression; for bridges and other languages. */
  public Expression expression() {
    return expression;
  }

  @Override
  Expression input() {
    Expression inner = expression;
    while (inner instanceof Expression.Alias alias) {
      inner = alias.input();
    }
    return inner;
  }

  // Whatever the type.

  /** The same value in a column of this name. */
  public Expr as(String name) {
    return new Expr(new Expression.Alias(input(), name));
  }

  /**
   * This as another type; a value that the type cannot hold is a {@link
   * colonnade.error.ComputationException} that names its row.
   */
  public Expr cast(DataType type) {
    return new Expr(new Expression.Cast(input(), type, false));
  }

  /** This as another type, or null where the type cannot hold the value. */
  public Expr tryCast(DataType type) {
    return new Expr(new Expression.Cast(input(), type, true));
  }

  /**
   * This scaled by parameters fitted over all rows: {@code col("delay").normalize(zScore())}. In
   * f64; nulls and NaN stay. Needs a pass over the rows of its own, which {@link Frame#explain()}
   * shows.
   */
  public Expr normalize(Scaling scaling) {
    return new Expr(new Expression.Normalize(input(), scaling, List.of()));
  }

  /** As {@link #normalize(Scaling)}, fitted within each group of rows with the same keys. */
  public Expr normalize(Scaling scaling, String key, String... moreKeys) {
    return normalize(
        scaling, col(key), Arrays.stream(moreKeys).map(Expr::col).toArray(Expr[]::new));
  }

  /** As {@link #normalize(Scaling)}, fitted within each group of rows with the same keys. */
  public Expr normalize(Scaling scaling, Expr key, Expr... moreKeys) {
    List<Expression> by =
        Stream.concat(Stream.of(key), Arrays.stream(moreKeys)).map(Expr::input).toList();
    return new Expr(new Expression.Normalize(input(), scaling, by));
  }

  /** This scaled by parameters fitted before, to other rows perhaps; needs no pass of its own. */
  public Expr normalize(FittedScaling fitted) {
    return minus(fitted.offset()).div(fitted.scale());
  }

  /** The values before they were scaled so: the inverse of {@link #normalize(FittedScaling)}. */
  public Expr denormalize(FittedScaling fitted) {
    return times(fitted.scale()).plus(fitted.offset());
  }

  /** The expression as a person would write it. */
  @Override
  public String toString() {
    return ExpressionText.of(expression);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Expr expr && expr.expression.equals(expression);
  }

  @Override
  public int hashCode() {
    return expression.hashCode();
  }

  // Values to start from.

  /** The column of this name. */
  public static Expr col(String name) {
    return new Expr(new Expression.Column(name));
  }

  /**
   * A constant: whole numbers are i64, {@code float} and {@code double} f64, text utf8, {@code
   * boolean} bool, {@link java.time.LocalDate} date, {@link java.time.LocalDateTime} timestamp,
   * {@link java.time.Instant} timestamp in UTC, {@code byte[]} binary. A null takes the type of
   * what stands beside it.
   *
   * @throws colonnade.error.TypeMismatchException for a value of another class
   */
  public static Expr lit(@Nullable Object value) {
    return new Expr(Literals.operand(value));
  }

  /** The start of {@code when(condition).then(value).otherwise(value)}. */
  public static When when(Expr condition) {
    return new When(List.of(), condition);
  }

  /** The first of these that is not null; a String is text here. */
  public static Expr coalesce(@Nullable Object... values) {
    return combine(Function.COALESCE, values);
  }

  /** These texts one after the other; a String is text here, not a column. */
  public static Expr concat(@Nullable Object... values) {
    return combine(Function.CONCAT, values);
  }

  /** The least of these in each row that is not null; a String is text here. */
  public static Expr least(@Nullable Object... values) {
    return combine(Function.LEAST, values);
  }

  /** The greatest of these in each row that is not null; a String is text here. */
  public static Expr greatest(@Nullable Object... values) {
    return combine(Function.GREATEST, values);
  }

  // Aggregates: one value from many rows, for Frame.aggregate and Grouped.aggregate.

  /** The number of rows, nulls included. */
  public static Expr count() {
    return aggregate(AggregateFunction.COUNT, 0);
  }

  /** The number of values that are not null. */
  public static Expr count(String column) {
    return count(col(column));
  }

  /** As {@link #count(String)}, of any expression. */
  public static Expr count(Expr value) {
    return aggregate(AggregateFunction.COUNT_PRESENT, 0, value);
  }

  /** The sum: exact in i64 for integers, where overflow is an error; f64 for floating point. */
  public static Expr sum(String column) {
    return sum(col(column));
  }

  /** As {@link #sum(String)}, of any expression. */
  public static Expr sum(Expr value) {
    return aggregate(AggregateFunction.SUM, 0, value);
  }

  /** The mean, in f64. */
  public static Expr mean(String column) {
    return mean(col(column));
  }

  /** As {@link #mean(String)}, of any expression. */
  public static Expr mean(Expr value) {
    return aggregate(AggregateFunction.MEAN, 0, value);
  }

  /** The least value; NaN only if all are. */
  public static Expr min(String column) {
    return min(col(column));
  }

  /** As {@link #min(String)}, of any expression. */
  public static Expr min(Expr value) {
    return aggregate(AggregateFunction.MIN, 0, value);
  }

  /** The greatest value; NaN only if all are. */
  public static Expr max(String column) {
    return max(col(column));
  }

  /** As {@link #max(String)}, of any expression. */
  public static Expr max(Expr value) {
    return aggregate(AggregateFunction.MAX, 0, value);
  }

  /** The sample variance (n - 1); null for fewer than two values. */
  public static Expr var(String column) {
    return var(col(column));
  }

  /** As {@link #var(String)}, of any expression. */
  public static Expr var(Expr value) {
    return aggregate(AggregateFunction.VARIANCE, 0, value);
  }

  /** The sample standard deviation (n - 1); null for fewer than two values. */
  public static Expr std(String column) {
    return std(col(column));
  }

  /** As {@link #std(String)}, of any expression. */
  public static Expr std(Expr value) {
    return aggregate(AggregateFunction.STANDARD_DEVIATION, 0, value);
  }

  /** The population variance (n). */
  public static Expr varPopulation(String column) {
    return varPopulation(col(column));
  }

  /** As {@link #varPopulation(String)}, of any expression. */
  public static Expr varPopulation(Expr value) {
    return aggregate(AggregateFunction.VARIANCE_POPULATION, 0, value);
  }

  /** The population standard deviation (n). */
  public static Expr stdPopulation(String column) {
    return stdPopulation(col(column));
  }

  /** As {@link #stdPopulation(String)}, of any expression. */
  public static Expr stdPopulation(Expr value) {
    return aggregate(AggregateFunction.STANDARD_DEVIATION_POPULATION, 0, value);
  }

  /** The value of the first row, null or not. */
  public static Expr first(String column) {
    return first(col(column));
  }

  /** As {@link #first(String)}, of any expression. */
  public static Expr first(Expr value) {
    return aggregate(AggregateFunction.FIRST, 0, value);
  }

  /** The value of the last row, null or not. */
  public static Expr last(String column) {
    return last(col(column));
  }

  /** As {@link #last(String)}, of any expression. */
  public static Expr last(Expr value) {
    return aggregate(AggregateFunction.LAST, 0, value);
  }

  /** The number of distinct values; null is none. */
  public static Expr countDistinct(String column) {
    return countDistinct(col(column));
  }

  /** As {@link #countDistinct(String)}, of any expression. */
  public static Expr countDistinct(Expr value) {
    return aggregate(AggregateFunction.COUNT_DISTINCT, 0, value);
  }

  /**
   * About as many as {@link #countDistinct(String)} gives, by HyperLogLog with 4,096 registers: the
   * standard error is 1.6 %, so that 19 of 20 results are within 3.3 % and 997 of 1,000 within 5 %;
   * small numbers are almost always exact. At most some 5 KB a group, however many values there
   * are. Null is none, NaN is one value, as is zero. The same values give the same result, in
   * whatever order and on any number of threads.
   */
  public static Expr approxCountDistinct(String column) {
    return approxCountDistinct(col(column));
  }

  /** As {@link #approxCountDistinct(String)}, of any expression. */
  public static Expr approxCountDistinct(Expr value) {
    return aggregate(AggregateFunction.APPROXIMATE_COUNT_DISTINCT, 0, value);
  }

  /** The median: {@link #quantile(String, double)} at 0.5. */
  public static Expr median(String column) {
    return median(col(column));
  }

  /** As {@link #median(String)}, of any expression. */
  public static Expr median(Expr value) {
    return quantile(value, 0.5).as("median_" + ExpressionText.of(value.input()));
  }

  /**
   * The value below which this fraction (0 to 1) of the values lies, by linear interpolation
   * between the two nearest, in f64; NaN counts as the greatest value.
   */
  public static Expr quantile(String column, double fraction) {
    return quantile(col(column), fraction);
  }

  /** As {@link #quantile(String, double)}, of any expression. */
  public static Expr quantile(Expr value, double fraction) {
    return aggregate(AggregateFunction.QUANTILE, fraction, value);
  }

  /**
   * The {@code rowCount} largest values, one row of the result each, in descending order; the other
   * columns are repeated beside them. NaN is skipped.
   */
  public static Expr largest(String column, int rowCount) {
    return largest(col(column), rowCount);
  }

  /** As {@link #largest(String, int)}, of any expression. */
  public static Expr largest(Expr value, int rowCount) {
    return aggregate(AggregateFunction.LARGEST, rowCount, value);
  }

  /** Pearson's correlation of the pairs of which neither is null; null for fewer than two. */
  public static Expr corr(String x, String y) {
    return corr(col(x), col(y));
  }

  /** As {@link #corr(String, String)}, of any two expressions. */
  public static Expr corr(Expr x, Expr y) {
    return aggregate(AggregateFunction.CORRELATION, 0, x, y);
  }

  // Ways to scale, for normalize.

  /** To mean 0 and population standard deviation 1. */
  public static Scaling zScore() {
    return Scaling.of(Scaling.Kind.Z_SCORE);
  }

  /** To [0, 1]. */
  public static Scaling minMax() {
    return Scaling.of(Scaling.Kind.MIN_MAX);
  }

  /** To [low, high]. */
  public static Scaling minMax(double low, double high) {
    return new Scaling(Scaling.Kind.MIN_MAX, low, high);
  }

  /** To median 0 and interquartile range 1. */
  public static Scaling robust() {
    return Scaling.of(Scaling.Kind.ROBUST);
  }

  /** To a largest absolute value of 1. */
  public static Scaling maxAbs() {
    return Scaling.of(Scaling.Kind.MAX_ABS);
  }

  // Orders, for sort.

  /** Least first, nulls last. */
  public static Order asc(String column) {
    return asc(col(column));
  }

  /** Least first, nulls last. */
  public static Order asc(Expr value) {
    return new Order(value.input(), false, false);
  }

  /** Greatest first, nulls last. */
  public static Order desc(String column) {
    return desc(col(column));
  }

  /** Greatest first, nulls last. */
  public static Order desc(Expr value) {
    return new Order(value.input(), true, false);
  }

  private static Expr combine(Function function, @Nullable Object[] values) {
    Expression[] arguments =
        Arrays.stream(values).map(Literals::operand).toArray(Expression[]::new);
    return new Expr(Expression.Call.of(function, arguments));
  }

  private static Expr aggregate(AggregateFunction function, double parameter, Expr... arguments) {
    List<Expression> inputs = Arrays.stream(arguments).map(Expr::input).toList();
    return new Expr(new Expression.Aggregate(function, inputs, parameter));
  }
}
