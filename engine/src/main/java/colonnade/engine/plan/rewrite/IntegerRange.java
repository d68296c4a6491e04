package colonnade.engine.plan.rewrite;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Typing;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of the integers that an expression may have in any row, by types and constants alone, as
 * if arithmetic had no limits. An immutable value.
 *
 * @param least no value is less
 * @param greatest no value is greater
 */
record IntegerRange(BigInteger least, BigInteger greatest) {
  static IntegerRange of(long least, long greatest) {
    return new IntegerRange(BigInteger.valueOf(least), BigInteger.valueOf(greatest));
  }

  /** The values of {@code expression} over the rows of {@code schema}; null if no integers. */
  static @Nullable IntegerRange of(Expression expression, Schema schema) {
    if (expression instanceof Expression.Literal literal
        && literal.type() != null
        && literal.type().isInteger()
        && literal.value() instanceof Long value) {
      return of(value, value);
    }
    DataType type = Typing.typeOf(expression, schema);
    if (type == null || !type.isInteger()) {
      return null;
    }
    IntegerRange computed =
        expression instanceof Expression.Call call ? ofCall(call, schema) : null;
    return computed == null || !computed.fitsI64() ? of(type) : computed;
  }

  /** The values of an integer type. */
  static IntegerRange of(DataType type) {
    return switch (type) {
      case I8 -> of(Byte.MIN_VALUE, Byte.MAX_VALUE);
      case I16 -> of(Short.MIN_VALUE, Short.MAX_VALUE);
      case I32 -> of(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case I64 -> of(Long.MIN_VALUE, Long.MAX_VALUE);
      case U8 -> of(0, 0xFF);
      case U16 -> of(0, 0xFFFF);
      case U32 -> of(0, 0xFFFF_FFFFL);
      default -> throw new IllegalArgumentException(type + " is no integer type");
    };
  }

  /** The results of arithmetic, which may not fit; null if it is none of integers. */
  static @Nullable IntegerRange ofCall(Expression.Call call, Schema schema) {
    IntegerRange left = of(call.arguments().getFirst(), schema);
    IntegerRange right = of(call.arguments().getLast(), schema);
    if (left == null || right == null) {
      return null;
    }
    return switch (call.function()) {
      case ADD -> left.plus(right);
      case SUBTRACT -> left.plus(right.negated());
      case MULTIPLY -> left.times(right);
      case NEGATE -> left.negated();
      case ABSOLUTE -> left.absolute();
      default -> null;
    };
  }

  IntegerRange plus(IntegerRange other) {
    return new IntegerRange(least.add(other.least), greatest.add(other.greatest));
  }

  IntegerRange negated() {
    return new IntegerRange(greatest.negate(), least.negate());
  }

  IntegerRange times(IntegerRange other) {
    BigInteger a = least.multiply(other.least);
    BigInteger b = least.multiply(other.greatest);
    BigInteger c = greatest.multiply(other.least);
    BigInteger d = greatest.multiply(other.greatest);
    return new IntegerRange(a.min(b).min(c.min(d)), a.max(b).max(c.max(d)));
  }

  /** Whether every value is an i64. */
  boolean fitsI64() {
    return least.bitLength() < Long.SIZE && greatest.bitLength() < Long.SIZE;
  }

  private IntegerRange absolute() {
    BigInteger furthest = least.abs().max(greatest.abs());
    return new IntegerRange(BigInteger.ZERO, furthest);
  }
}
