package colonnade.engine.csv;

import colonnade.engine.kernel.Swar;

/** Decimal digits, up to eight with a few multiplications. */
final class Digits {
  /** What {@link #upTo16} gives for other bytes than digits. */
  static final long NONE = -1;

  private static final long ZEROS = 0x3030303030303030L;
  private static final long HIGH_NIBBLES = 0xf0f0f0f0f0f0f0f0L;
  private static final long SIXES = 0x0606060606060606L;

  private Digits() {}

  /** {@code n} digits from {@code at} on, 0 to 16, as a number; or {@link #NONE}. */
  static long upTo16(byte[] bytes, int at, int n) {
    if (n <= 8) {
      return upTo8(bytes, at, n);
    }
    long high = upTo8(bytes, at, n - 8);
    long low = upTo8(bytes, at + n - 8, 8);
    return (high | low) < 0 ? NONE : high * 100_000_000 + low;
  }

  /** {@code n} digits from {@code at} on, 0 to 8, as a number; or {@link #NONE}. */
  static long upTo8(byte[] bytes, int at, int n) {
    if (n == 0) {
      return 0;
    }
    int shift = 64 - 8 * n;
    // As eight digits with zeros in front.
    long word = Swar.load(bytes, at) << shift | ZEROS >>> 8 * (n - 1) >>> 8;
    if ((word & HIGH_NIBBLES | (word + SIXES & HIGH_NIBBLES) >>> 4) != 0x3333333333333333L) {
      return NONE;
    }
    // Pairs, then fours, then all: D. Lemire, Quickly parsing eight digits, 2018.
    long pairs = word - ZEROS;
    pairs = pairs * 10 + (pairs >>> 8);
    return (pairs & 0x000000ff000000ffL) * 0x000f424000000064L
            + (pairs >>> 16 & 0x000000ff000000ffL) * 0x0000271000000001L
        >>> 32;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
