package colonnade.engine.csv;

import java.math.BigInteger;

/**
 * The double nearest to {@code digits * 10^exponent}, ties to even, with one or two multiplications
 * of 64 by 128 bits: D. Lemire, Number parsing at a gigabyte per second, 2021; that two suffice: N.
 * Mushtak, D. Lemire, Fast number parsing without fallback, 2023.
 */
final class NearestDouble {
  private static final int MIN_POWER = -342;
  private static final int MAX_POWER = 308;
  private static final int MANTISSA_BITS = 52;

  /** The first 64 bits of 5^q and the next, from q = {@link #MIN_POWER} on. */
  private static final long[] HIGH = new long[MAX_POWER - MIN_POWER + 1];

  private static final long[] LOW = new long[MAX_POWER - MIN_POWER + 1];

  static {
    for (int q = MIN_POWER; q <= MAX_POWER; q++) {
      BigInteger bits = q < 0 ? reciprocal(q) : power(q);
      HIGH[q - MIN_POWER] = bits.shiftRight(64).longValue();
      LOW[q - MIN_POWER] = bits.longValue();
    }
  }

  private NearestDouble() {}

  private static BigInteger power(int q) {
    BigInteger five = BigInteger.valueOf(5).pow(q);
    int shift = 128 - five.bitLength();
    return shift >= 0 ? five.shiftLeft(shift) : five.shiftRight(-shift);
  }

  private static BigInteger reciprocal(int q) {
    BigInteger five = BigInteger.valueOf(5).pow(-q);
    int z = five.bitLength();
    int bits = q >= -27 ? z + 127 : 2 * z + 128;
    BigInteger result = BigInteger.ONE.shiftLeft(bits).divide(five).add(BigInteger.ONE);
    return result.shiftRight(Math.max(0, result.bitLength() - 128));
  }

  /** The double nearest to {@code digits * 10^exponent}, where {@code digits} is not negative. */
  static double of(long digits, int exponent) {
    if (digits == 0 || exponent < MIN_POWER) {
      return 0;
    }
    if (exponent > MAX_POWER) {
      return Double.POSITIVE_INFINITY;
    }
    int zeros = Long.numberOfLeadingZeros(digits);
    long w = digits << zeros;
    int at = exponent - MIN_POWER;
    long high = Math.unsignedMultiplyHigh(w, HIGH[at]);
    long low = w * HIGH[at];
    if ((high & 0x1ff) == 0x1ff) {
      long more = Math.unsignedMultiplyHigh(w, LOW[at]);
      low += more;
      if (Long.compareUnsigned(more, low) > 0) {
        high++;
      }
    }
    int upper = (int) (high >>> 63);
    int shift = upper + 64 - MANTISSA_BITS - 3;
    long mantissa = high >>> shift;
    int power = (217_706 * exponent >> 16) + 63 + upper - zeros + 1023;
    if (power <= 0) {
      return subnormal(mantissa, power);
    }
    boolean tie =
        Long.compareUnsigned(low, 1) <= 0
            && exponent >= -4
            && exponent <= 23
            && (mantissa & 3) == 1
            && mantissa << shift == high;
    if (tie) {
      mantissa &= ~1L;
    }
    mantissa = mantissa + (mantissa & 1) >>> 1;
    if (mantissa >= 2L << MANTISSA_BITS) {
      mantissa = 1L << MANTISSA_BITS;
      power++;
    }
    return power >= 0x7ff
        ? Double.POSITIVE_INFINITY
        : Double.longBitsToDouble(
            mantissa & ~(1L << MANTISSA_BITS) | (long) power << MANTISSA_BITS);
  }

  private static double subnormal(long bits, int power) {
    if (1 - power >= 64) {
      return 0;
    }
    long mantissa = bits >>> 1 - power;
    mantissa = mantissa + (mantissa & 1) >>> 1;
    // A mantissa that was rounded up to 2^52 is the smallest normal number: the same bits.
    return Double.longBitsToDouble(mantissa);
  }
}
