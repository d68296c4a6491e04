package colonnade.engine.exec.agg;

/**
 * Doubles as longs of the same order: -0.0 before 0.0, NaN last. Where NaN is to lose against
 * everything, it has its own code.
 */
final class Ordered {
  /** NaN where the greatest value is sought: before all others. */
  static final long LEAST_NAN = Long.MIN_VALUE;

  /** NaN where the least value is sought: after all others. */
  static final long GREATEST_NAN = Long.MAX_VALUE;

  private Ordered() {}

  /** The code of a value that is not NaN. */
  static long of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  /** The value of a code. */
  static double toDouble(long code) {
    if (code == LEAST_NAN || code == GREATEST_NAN) {
      return Double.NaN;
    }
    return Double.longBitsToDouble(code ^ code >> 63 & Long.MAX_VALUE);
  }
}
