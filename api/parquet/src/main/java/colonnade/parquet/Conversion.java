package colonnade.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;

/** What turns a stored number into a value of the column's type. */
enum Conversion {
  /** Nothing: it is one. */
  NONE,
  /** Milliseconds to microseconds. */
  MILLIS,
  /** Nanoseconds to microseconds, rounded down. */
  NANOS,
  /** An unsigned 64-bit integer to a signed one; refused from 2^63 on. */
  UNSIGNED_LONG,
  /** Unscaled integer to the nearest double. */
  DECIMAL,
  /** IEEE 754 half precision to single precision. */
  HALF;

  private static final double[] POWERS = new double[23];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  /** Converts in place. */
  void apply(long[] values, int count, int scale) {
    switch (this) {
      case NONE, HALF -> {}
      case MILLIS -> {
        for (int i = 0; i < count; i++) {
          values[i] = millis(values[i]);
        }
      }
      case NANOS -> {
        for (int i = 0; i < count; i++) {
          values[i] = Math.floorDiv(values[i], 1_000L);
        }
      }
      case UNSIGNED_LONG -> {
        for (int i = 0; i < count; i++) {
          if (values[i] < 0) {
            throw new BadPage(
                "the unsigned 64-bit value "
                    + Long.toUnsignedString(values[i])
                    + " does not fit i64");
          }
        }
      }
      case DECIMAL -> {
        for (int i = 0; i < count; i++) {
          values[i] = Double.doubleToRawLongBits(decimal(values[i], scale));
        }
      }
    }
  }

  private static long millis(long value) {
    if (Math.abs(value) > Long.MAX_VALUE / 1_000) {
      throw new BadPage("the time " + value + " ms does not fit 64 bits of microseconds");
    }
    return value * 1_000;
  }

  /** The double nearest to {@code unscaled / 10^scale}. */
  static double decimal(long unscaled, int scale) {
    // Both exact, so one division rounds once.
    if (scale >= 0 && scale < POWERS.length && Math.abs(unscaled) < 1L << 53) {
      return unscaled / POWERS[scale];
    }
    return BigDecimal.valueOf(unscaled, scale).doubleValue();
  }

  static double decimal(BigInteger unscaled, int scale) {
    return unscaled.bitLength() < 64
        ? decimal(unscaled.longValue(), scale)
        : new BigDecimal(unscaled, scale).doubleValue();
  }
}
