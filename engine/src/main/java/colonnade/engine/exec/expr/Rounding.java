package colonnade.engine.exec.expr;

/** Rounding half away from zero, to a number of decimals that may be negative. */
final class Rounding {
  private static final int MOST_DECIMALS = 400;

  private Rounding() {}

  /** Towards zero. */
  static double truncate(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  /**
   * {@code x} to {@code decimals}, by scaling to an integer and back: as exact as the scaled value,
   * so 1.005 to two decimals is 1.0, because 1.005 times 100 is below 100.5. What has no digits
   * there is returned as it is.
   */
  static double round(double x, long decimals) {
    if (decimals == 0) {
      return halfAway(x);
    }
    if (decimals > 0) {
      double scale = StrictMath.pow(10, Math.min(decimals, MOST_DECIMALS));
      double scaled = x * scale;
      double result = halfAway(scaled) / scale;
      return Math.abs(scaled) < 0x1p52 && !Double.isNaN(result) ? result : x;
    }
    double scale = StrictMath.pow(10, Math.min(-decimals, MOST_DECIMALS));
    if (!Double.isFinite(x)) {
      return x;
    }
    double scaled = halfAway(x / scale);
    return scaled == 0 ? Math.copySign(0.0, x) : scaled * scale;
  }

  /**
   * {@code x} to {@code decimals}.
   *
   * @throws ArithmeticException if the result does not fit
   */
  static long round(long x, long decimals) {
    if (decimals >= 0) {
      return x;
    }
    if (decimals < -19) {
      return 0;
    }
    if (decimals == -19) {
      if (x >= 5_000_000_000_000_000_000L || x <= -5_000_000_000_000_000_000L) {
        throw new ArithmeticException("long overflow");
      }
      return 0;
    }
    long scale = 1;
    for (long d = decimals; d < 0; d++) {
      scale *= 10;
    }
    long rest = x % scale;
    long towardsZero = x - rest;
    if (Math.abs(rest) < scale / 2) {
      return towardsZero;
    }
    return x < 0 ? Math.subtractExact(towardsZero, scale) : Math.addExact(towardsZero, scale);
  }

  private static double halfAway(double x) {
    double whole = truncate(x);
    return Math.abs(x - whole) >= 0.5 ? whole + Math.copySign(1, x) : whole;
  }
}
