package colonnade.engine.csv;

import colonnade.engine.kernel.Swar;
import java.nio.charset.StandardCharsets;

/**
 * Numbers of f64, each the nearest to the digits: a sign or none, leading zeros or not, a fraction,
 * an exponent; NaN, nan, inf, Infinity; spaces around them or not. Holds whether all that it was
 * given were such. Not thread-safe.
 */
public final class DoubleText {
  private static final double[] POWERS = new double[23];
  private static final long[] LONG_POWERS = new long[17];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
    long longPower = 1;
    for (int i = 0; i < LONG_POWERS.length; i++) {
      LONG_POWERS[i] = longPower;
      longPower *= 10;
    }
  }

  private boolean failed;
  private boolean unusual;

  /** The number; 0 for anything else, which {@link #hasFailed()} tells of. */
  public double parse(byte[] text, int start, int end) {
    boolean negative = text[start] == '-';
    int first = negative ? start + 1 : start;
    int point = Swar.indexOf(text, first, end, (byte) '.');
    int decimals = Math.max(0, end - point - 1);
    int whole = point - first;
    if (whole >= 0 && whole <= 16 && decimals <= 16 && whole + decimals - 1 < 18) {
      long high = Digits.upTo16(text, first, whole);
      long low = Digits.upTo16(text, point + 1, decimals);
      if ((high | low) >= 0 && whole + decimals > 0) {
        unusual |= whole > 1 & text[first] == '0';
        double value = scaled(high * LONG_POWERS[decimals] + low, decimals);
        return negative ? -value : value;
      }
    }
    return slow(text, start, end);
  }

  /** Whether something was no number since the last call. */
  public boolean hasFailed() {
    boolean result = failed;
    failed = false;
    return result;
  }

  private static double scaled(long digits, int decimals) {
    if (digits <= 1L << 53) {
      // Both are exact doubles, so one rounding: W. D. Clinger, How to read floating point numbers
      // accurately, 1990.
      return digits / POWERS[decimals];
    }
    return NearestDouble.of(digits, -decimals);
  }

  /**
   * Whether something had a sign, a zero, spaces or an exponent since the last call, or many
   * digits.
   */
  boolean wasUnusual() {
    boolean result = unusual;
    unusual = false;
    return result;
  }

  private double slow(byte[] text, int start, int end) {
    unusual = true;
    int first = start;
    int last = end;
    while (first < last && text[first] == ' ') {
      first++;
    }
    while (first < last && text[last - 1] == ' ') {
      last--;
    }
    boolean negative = first < last && text[first] == '-';
    if (first < last && (negative || text[first] == '+')) {
      first++;
    }
    while (first < last - 1 && text[first] == '0' && Digits.isDigit(text[first + 1])) {
      first++;
    }
    if (first == last
        || text[first] == '-'
        || NumberText.shape(text, first, last) == NumberText.Shape.NONE) {
      failed = true;
      return 0;
    }
    if (NumberText.isSpecial(text, first, last)) {
      boolean nan = text[first] == 'N' || text[first] == 'n';
      return nan ? Double.NaN : negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double value = unsigned(text, first, last);
    return negative ? -value : value;
  }

  /** The number in a text that has the shape of one and no sign. */
  private static double unsigned(byte[] text, int start, int end) {
    long digits = 0;
    int significant = 0;
    long exponent = 0;
    boolean afterPoint = false;
    int i = start;
    for (; i < end && text[i] != 'e' && text[i] != 'E'; i++) {
      if (text[i] == '.') {
        afterPoint = true;
      } else {
        digits = digits * 10 + (text[i] - '0');
        significant += digits == 0 ? 0 : 1;
        exponent -= afterPoint ? 1 : 0;
        if (significant > 18) {
          return Double.parseDouble(
              new String(text, start, end - start, StandardCharsets.US_ASCII));
        }
      }
    }
    if (i < end) {
      i++;
      boolean negative = text[i] == '-';
      i += negative || text[i] == '+' ? 1 : 0;
      long power = 0;
      for (; i < end; i++) {
        power = Math.min(100_000_000, power * 10 + (text[i] - '0'));
      }
      exponent += negative ? -power : power;
    }
    if (digits <= 1L << 53 && exponent >= -22 && exponent <= 22) {
      return exponent < 0 ? digits / POWERS[(int) -exponent] : digits * POWERS[(int) exponent];
    }
    return NearestDouble.of(digits, Math.clamp(exponent, -100_000_000, 100_000_000));
  }
}
