package colonnade.engine.store;

/**
 * Doubles as whole numbers over a power of ten, where that gives back the same bits. Pure functions
 * on arrays of the doubles' bits.
 */
final class DecimalScale {
  private DecimalScale() {}

  /**
   * Replaces the bits of {@code n} doubles by the numbers that give them when divided by {@code
   * 10^decimals}.
   *
   * @return false if one of them has no such number (always for -0.0, NaN and infinities); the
   *     array is spoilt then
   */
  static boolean toNumbers(long[] bits, int n, int decimals) {
    double power = NumberCode.power(decimals);
    long difference = 0;
    for (int i = 0; i < n; i++) {
      long before = bits[i];
      long number = (long) Math.rint(Double.longBitsToDouble(before) * power);
      difference |= before ^ Double.doubleToRawLongBits((double) number / power);
      bits[i] = number;
    }
    return difference == 0;
  }

  /** The fewest decimals, {@code least} or more, that all {@code n} doubles have; -1 if none. */
  static int decimalsOf(long[] bits, int n, int least) {
    int decimals = least;
    for (int i = 0; i < n; i++) {
      while (!hasNumber(bits[i], decimals)) {
        if (++decimals > NumberCode.MAX_DECIMALS) {
          return -1;
        }
      }
    }
    return decimals;
  }

  private static boolean hasNumber(long bits, int decimals) {
    double power = NumberCode.power(decimals);
    long number = (long) Math.rint(Double.longBitsToDouble(bits) * power);
    return Double.doubleToRawLongBits((double) number / power) == bits;
  }
}
