package colonnade;

import static colonnade.engine.plan.Function.ABSOLUTE;
import static colonnade.engine.plan.Function.ACOS;
import static colonnade.engine.plan.Function.ADD;
import static colonnade.engine.plan.Function.AND;
import static colonnade.engine.plan.Function.ASIN;
import static colonnade.engine.plan.Function.ATAN;
import static colonnade.engine.plan.Function.ATAN2;
import static colonnade.engine.plan.Function.CBRT;
import static colonnade.engine.plan.Function.CEIL;
import static colonnade.engine.plan.Function.COALESCE;
import static colonnade.engine.plan.Function.COS;
import static colonnade.engine.plan.Function.COSH;
import static colonnade.engine.plan.Function.DEGREES;
import static colonnade.engine.plan.Function.DIVIDE;
import static colonnade.engine.plan.Function.EQUAL;
import static colonnade.engine.plan.Function.EXP;
import static colonnade.engine.plan.Function.EXPM1;
import static colonnade.engine.plan.Function.FILL_NAN;
import static colonnade.engine.plan.Function.FLOOR;
import static colonnade.engine.plan.Function.FLOOR_DIVIDE;
import static colonnade.engine.plan.Function.GREATER;
import static colonnade.engine.plan.Function.GREATER_OR_EQUAL;
import static colonnade.engine.plan.Function.GREATEST;
import static colonnade.engine.plan.Function.IS_FINITE;
import static colonnade.engine.plan.Function.IS_NAN;
import static colonnade.engine.plan.Function.IS_NOT_NULL;
import static colonnade.engine.plan.Function.IS_NULL;
import static colonnade.engine.plan.Function.LEAST;
import static colonnade.engine.plan.Function.LESS;
import static colonnade.engine.plan.Function.LESS_OR_EQUAL;
import static colonnade.engine.plan.Function.LN;
import static colonnade.engine.plan.Function.LOG10;
import static colonnade.engine.plan.Function.LOG1P;
import static colonnade.engine.plan.Function.LOG2;
import static colonnade.engine.plan.Function.MULTIPLY;
import static colonnade.engine.plan.Function.NEGATE;
import static colonnade.engine.plan.Function.NOT;
import static colonnade.engine.plan.Function.NOT_EQUAL;
import static colonnade.engine.plan.Function.NULL_IF;
import static colonnade.engine.plan.Function.OR;
import static colonnade.engine.plan.Function.POWER;
import static colonnade.engine.plan.Function.RADIANS;
import static colonnade.engine.plan.Function.REMAINDER;
import static colonnade.engine.plan.Function.ROUND;
import static colonnade.engine.plan.Function.SAME;
import static colonnade.engine.plan.Function.SIGN;
import static colonnade.engine.plan.Function.SIN;
import static colonnade.engine.plan.Function.SINH;
import static colonnade.engine.plan.Function.SQRT;
import static colonnade.engine.plan.Function.SUBTRACT;
import static colonnade.engine.plan.Function.TAN;
import static colonnade.engine.plan.Function.TANH;
import static colonnade.engine.plan.Function.TRUNCATE;
import static colonnade.engine.plan.Function.XOR;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Expr} can do with values of any type and with numbers; here only to keep files
 * short. Where a parameter is an {@code Object} it is an {@link Expr} or a constant, as {@link
 * Expr#lit} takes it: a String is text there, not a column's name.
 */
abstract sealed class ScalarExpr permits TextAndTimeExpr {
  /** What this stands for, without an alias: as it is when it becomes part of something greater. */
  abstract Expression input();

  /** A call of {@code function} on this and {@code others}. */
  final Expr call(Function function, Expression... others) {
    Expression[] arguments = new Expression[others.length + 1];
    arguments[0] = input();
    System.arraycopy(others, 0, arguments, 1, others.length);
    return new Expr(Expression.Call.of(function, arguments));
  }

  // Arithmetic: integers give i64, where overflow is an error; floating point gives f64.

  /** The sum; a date or timestamp plus an integer moves it by that many days or microseconds. */
  public Expr plus(Expr other) {
    return call(ADD, other.input());
  }

  /** As {@link #plus(Expr)}, with a constant. */
  public Expr plus(Number other) {
    return call(ADD, Literals.of(other));
  }

  /** The difference; of two dates in days, of two timestamps in microseconds. */
  public Expr minus(Expr other) {
    return call(SUBTRACT, other.input());
  }

  /** As {@link #minus(Expr)}, with a constant. */
  public Expr minus(Number other) {
    return call(SUBTRACT, Literals.of(other));
  }

  /** The product. */
  public Expr times(Expr other) {
    return call(MULTIPLY, other.input());
  }

  /** As {@link #times(Expr)}, with a constant. */
  public Expr times(Number other) {
    return call(MULTIPLY, Literals.of(other));
  }

  /**
   * The quotient in f64, also of integers; division by zero is infinite or NaN, as IEEE 754 says.
   */
  public Expr div(Expr other) {
    return call(DIVIDE, other.input());
  }

  /** As {@link #div(Expr)}, with a constant. */
  public Expr div(Number other) {
    return call(DIVIDE, Literals.of(other));
  }

  /** The quotient rounded towards minus infinity; null for integers divided by zero. */
  public Expr floorDiv(Expr other) {
    return call(FLOOR_DIVIDE, other.input());
  }

  /** As {@link #floorDiv(Expr)}, with a constant. */
  public Expr floorDiv(Number other) {
    return call(FLOOR_DIVIDE, Literals.of(other));
  }

  /** The remainder, with the sign of this; null for integers divided by zero. */
  public Expr rem(Expr other) {
    return call(REMAINDER, other.input());
  }

  /** As {@link #rem(Expr)}, with a constant. */
  public Expr rem(Number other) {
    return call(REMAINDER, Literals.of(other));
  }

  /** This to the power of {@code other}, in f64. */
  public Expr pow(Expr other) {
    return call(POWER, other.input());
  }

  /** As {@link #pow(Expr)}, with a constant. */
  public Expr pow(Number other) {
    return call(POWER, Literals.of(other));
  }

  /** The value with the opposite sign. */
  public Expr unaryMinus() {
    return call(NEGATE);
  }

  /** The absolute value. */
  public Expr abs() {
    return call(ABSOLUTE);
  }

  /** -1, 0 or 1; NaN for NaN. */
  public Expr sign() {
    return call(SIGN);
  }

  // Comparison, with an Expr or a constant. A null on either side gives null; NaN equals nothing.

  /** Whether this equals {@code other}. */
  public Expr eq(@Nullable Object other) {
    return call(EQUAL, Literals.operand(other));
  }

  /** Whether this differs from {@code other}; true for NaN. */
  public Expr ne(@Nullable Object other) {
    return call(NOT_EQUAL, Literals.operand(other));
  }

  /** Whether this is less than {@code other}. */
  public Expr lt(@Nullable Object other) {
    return call(LESS, Literals.operand(other));
  }

  /** Whether this is less than {@code other} or equal. */
  public Expr le(@Nullable Object other) {
    return call(LESS_OR_EQUAL, Literals.operand(other));
  }

  /** Whether this is greater than {@code other}. */
  public Expr gt(@Nullable Object other) {
    return call(GREATER, Literals.operand(other));
  }

  /** Whether this is greater than {@code other} or equal. */
  public Expr ge(@Nullable Object other) {
    return call(GREATER_OR_EQUAL, Literals.operand(other));
  }

  /** Whether this equals {@code other}, where null equals null and nothing else; never null. */
  public Expr eqMissing(@Nullable Object other) {
    return call(SAME, Literals.operand(other));
  }

  /** Whether this lies in {@code [low, high]}, both ends included. */
  public Expr between(Object low, Object high) {
    return ge(low).and(le(high));
  }

  /**
   * Whether this equals one of these constants; null where this is null. A null among the constants
   * matches nothing.
   */
  public Expr isIn(@Nullable Object... values) {
    return isIn(Arrays.asList(values));
  }

  /** As {@link #isIn(Object...)}. */
  public Expr isIn(Collection<?> values) {
    return new Expr(new Expression.InList(input(), Literals.constants(values)));
  }

  // Kleene logic: false and null is false, true or null is true.

  /** Whether both hold. */
  public Expr and(Expr other) {
    return call(AND, other.input());
  }

  /** Whether one of them holds, or both. */
  public Expr or(Expr other) {
    return call(OR, other.input());
  }

  /** Whether exactly one of them holds. */
  public Expr xor(Expr other) {
    return call(XOR, other.input());
  }

  /** Whether this does not hold; null stays null. */
  public Expr not() {
    return call(NOT);
  }

  // Nulls and NaN: a null is a value that is not there, NaN is a value.

  /** Whether this is null; never null. */
  public Expr isNull() {
    return call(IS_NULL);
  }

  /** Whether this is not null; never null. */
  public Expr isNotNull() {
    return call(IS_NOT_NULL);
  }

  /** Whether this is NaN; null for null. */
  public Expr isNan() {
    return call(IS_NAN);
  }

  /** Whether this is neither infinite nor NaN; null for null. */
  public Expr isFinite() {
    return call(IS_FINITE);
  }

  /** This, or {@code other} where this is null. */
  public Expr fillNull(Object other) {
    return call(COALESCE, Literals.operand(other));
  }

  /** This in f64, or {@code other} where this is NaN. */
  public Expr fillNan(Object other) {
    return call(FILL_NAN, Literals.operand(other));
  }

  /** This, or null where it equals {@code other}. */
  public Expr nullIf(Object other) {
    return call(NULL_IF, Literals.operand(other));
  }

  // Mathematics, in f64 unless said otherwise; outside a function's domain the result is NaN.

  /** The square root. */
  public Expr sqrt() {
    return call(SQRT);
  }

  /** The cube root. */
  public Expr cbrt() {
    return call(CBRT);
  }

  /** e to the power of this. */
  public Expr exp() {
    return call(EXP);
  }

  /** e to the power of this, minus 1; exact near 0. */
  public Expr expm1() {
    return call(EXPM1);
  }

  /** The natural logarithm. */
  public Expr ln() {
    return call(LN);
  }

  /** The logarithm to base 2. */
  public Expr log2() {
    return call(LOG2);
  }

  /** The logarithm to base 10. */
  public Expr log10() {
    return call(LOG10);
  }

  /** The natural logarithm of this plus 1; exact near 0. */
  public Expr log1p() {
    return call(LOG1P);
  }

  /** The sine of an angle in radians. */
  public Expr sin() {
    return call(SIN);
  }

  /** The cosine of an angle in radians. */
  public Expr cos() {
    return call(COS);
  }

  /** The tangent of an angle in radians. */
  public Expr tan() {
    return call(TAN);
  }

  /** The angle in radians whose sine this is. */
  public Expr asin() {
    return call(ASIN);
  }

  /** The angle in radians whose cosine this is. */
  public Expr acos() {
    return call(ACOS);
  }

  /** The angle in radians whose tangent this is. */
  public Expr atan() {
    return call(ATAN);
  }

  /** The hyperbolic sine. */
  public Expr sinh() {
    return call(SINH);
  }

  /** The hyperbolic cosine. */
  public Expr cosh() {
    return call(COSH);
  }

  /** The hyperbolic tangent. */
  public Expr tanh() {
    return call(TANH);
  }

  /** An angle in radians, in degrees. */
  public Expr degrees() {
    return call(DEGREES);
  }

  /** An angle in degrees, in radians. */
  public Expr radians() {
    return call(RADIANS);
  }

  /** The greatest whole number not above this; integers stay as they are. */
  public Expr floor() {
    return call(FLOOR);
  }

  /** The least whole number not below this; integers stay as they are. */
  public Expr ceil() {
    return call(CEIL);
  }

  /** This rounded towards zero; integers stay as they are. */
  public Expr trunc() {
    return call(TRUNCATE);
  }

  /** The angle in radians of the point whose y is this. */
  public Expr atan2(Object x) {
    return call(ATAN2, Literals.operand(x));
  }

  /** This rounded to a whole number, half away from zero. */
  public Expr round() {
    return round(0);
  }

  /**
   * This rounded half away from zero to {@code decimals} decimals, to tens, hundreds … if negative.
   */
  public Expr round(int decimals) {
    return call(ROUND, Literals.of(decimals));
  }

  /** This, but not below {@code low} and not above {@code high}; null stays null. */
  public Expr clip(Object low, Object high) {
    Expression atLeast = Expression.Call.of(GREATEST, input(), Literals.operand(low));
    return Expr.when(isNull())
        .then(null)
        .otherwise(new Expr(Expression.Call.of(LEAST, atLeast, Literals.operand(high))));
  }
}
