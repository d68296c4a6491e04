package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.plan.Function;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** Arithmetic and mathematics of {@link RowInterpreter}. */
final class RowMathematics {
  private RowMathematics() {}

  static Object ofDoubles(Function function, List<Object> values) {
    double x = ((Number) values.get(0)).doubleValue();
    double y = values.size() > 1 ? ((Number) values.get(1)).doubleValue() : 0;
    return switch (function) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case FLOOR_DIVIDE -> Math.floor(x / y);
      case REMAINDER -> x % y;
      case NEGATE -> -x;
      case ABSOLUTE -> x == 0 ? 0.0 : x < 0 ? -x : x;
      case SIGN -> x > 0 ? 1.0 : x < 0 ? -1.0 : x;
      case SQRT -> Math.sqrt(x);
      case CBRT -> StrictMath.cbrt(x);
      case EXP -> StrictMath.exp(x);
      case EXPM1 -> StrictMath.expm1(x);
      case LN -> StrictMath.log(x);
      case LOG2 -> Mathematics.log2(x);
      case LOG10 -> StrictMath.log10(x);
      case LOG1P -> StrictMath.log1p(x);
      case POWER -> StrictMath.pow(x, y);
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case TAN -> StrictMath.tan(x);
      case ASIN -> StrictMath.asin(x);
      case ACOS -> StrictMath.acos(x);
      case ATAN -> StrictMath.atan(x);
      case ATAN2 -> StrictMath.atan2(x, y);
      case SINH -> StrictMath.sinh(x);
      case COSH -> StrictMath.cosh(x);
      case TANH -> StrictMath.tanh(x);
      case DEGREES -> StrictMath.toDegrees(x);
      case RADIANS -> StrictMath.toRadians(x);
      case FLOOR -> integral(x, RoundingMode.FLOOR);
      case CEIL -> integral(x, RoundingMode.CEILING);
      case TRUNCATE -> integral(x, RoundingMode.DOWN);
      case ROUND -> round(x, ((Number) values.get(1)).longValue());
      default -> throw new IllegalArgumentException(function.label());
    };
  }

  private static double round(double x, long decimals) {
    double scale = decimals == 0 ? 1 : StrictMath.pow(10, Math.abs(decimals));
    if (decimals >= 0) {
      double scaled = x * scale;
      return Math.abs(scaled) < 0x1p52 ? integral(scaled, RoundingMode.HALF_UP) / scale : x;
    }
    return Double.isFinite(x) ? integral(x / scale, RoundingMode.HALF_UP) * scale : x;
  }

  private static double integral(double x, RoundingMode mode) {
    if (!Double.isFinite(x)) {
      return x;
    }
    return Math.copySign(new BigDecimal(x).setScale(0, mode).abs().doubleValue(), x);
  }

  static Object ofIntegers(Function function, List<Object> values, DataType type) {
    BigInteger x = BigInteger.valueOf((Long) values.get(0));
    BigInteger y = values.size() > 1 ? BigInteger.valueOf((Long) values.get(1)) : BigInteger.ZERO;
    boolean zero = y.signum() == 0;
    BigInteger result =
        switch (function) {
          case ADD -> x.add(y);
          case SUBTRACT -> x.subtract(y);
          case MULTIPLY -> x.multiply(y);
          case FLOOR_DIVIDE ->
              zero
                  ? null
                  : new BigDecimal(x)
                      .divide(new BigDecimal(y), 0, RoundingMode.FLOOR)
                      .toBigInteger();
          case REMAINDER -> zero ? null : x.remainder(y);
          case NEGATE -> x.negate();
          case ABSOLUTE -> x.abs();
          case SIGN -> BigInteger.valueOf(x.signum());
          case ROUND ->
              y.signum() >= 0
                  ? x
                  : new BigDecimal(x)
                      .setScale(y.intValueExact(), RoundingMode.HALF_UP)
                      .toBigInteger();
          default -> x;
        };
    return result == null ? null : (Object) fit(result, type);
  }

  private static long fit(BigInteger value, DataType type) {
    boolean fits = value.bitLength() < (type == DataType.DATE ? 32 : 64);
    if (!fits) {
      throw new RowInterpreter.NoValue("overflow: " + value);
    }
    return value.longValue();
  }
}
