package colonnade.engine.exec.expr;

import colonnade.engine.plan.Function;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The functions of f64 that have no exact result. Where the platform may round differently in
 * interpreted and compiled code, {@link StrictMath} is taken, so that a result does not depend on
 * how warm the code is.
 */
final class Mathematics {
  private static final double LN_2 = StrictMath.log(2);

  private Mathematics() {}

  /** The code of a function of one number. */
  static DoubleUnaryOperator unary(Function function) {
    return switch (function) {
      case CBRT -> StrictMath::cbrt;
      case EXP -> StrictMath::exp;
      case EXPM1 -> StrictMath::expm1;
      case LN -> StrictMath::log;
      case LOG2 -> Mathematics::log2;
      case LOG10 -> StrictMath::log10;
      case LOG1P -> StrictMath::log1p;
      case SIN -> StrictMath::sin;
      case COS -> StrictMath::cos;
      case TAN -> StrictMath::tan;
      case ASIN -> StrictMath::asin;
      case ACOS -> StrictMath::acos;
      case ATAN -> StrictMath::atan;
      case SINH -> StrictMath::sinh;
      case COSH -> StrictMath::cosh;
      case TANH -> StrictMath::tanh;
      case DEGREES -> Math::toDegrees;
      case RADIANS -> Math::toRadians;
      default -> throw new IllegalStateException(function.label());
    };
  }

  /** The code of a function of two numbers. */
  static DoubleBinaryOperator binary(Function function) {
    return switch (function) {
      case POWER -> StrictMath::pow;
      case ATAN2 -> StrictMath::atan2;
      default -> throw new IllegalStateException(function.label());
    };
  }

  /** The logarithm to base 2, exact for powers of two. */
  static double log2(double x) {
    if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
      return StrictMath.log(x);
    }
    int exponent = Math.getExponent(x);
    double shift = 0;
    if (exponent < Double.MIN_EXPONENT) {
      x *= 0x1p54;
      shift = -54;
      exponent = Math.getExponent(x);
    }
    double mantissa = Math.scalb(x, -exponent);
    if (mantissa > 1.5) {
      mantissa /= 2;
      exponent++;
    }
    return exponent + shift + StrictMath.log(mantissa) / LN_2;
  }
}
