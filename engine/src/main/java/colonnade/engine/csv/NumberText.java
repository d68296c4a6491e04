package colonnade.engine.csv;

import java.nio.charset.StandardCharsets;

/**
 * What a text is as a number. Whole numbers with a leading zero or a plus sign are none here: they
 * are mostly codes, telephone numbers and the like, which would lose it.
 */
public final class NumberText {
  /** What a text is as a number. */
  public enum Shape {
    NONE,
    /** A whole number that i64 holds. */
    I64,
    /** A whole number that i64 does not hold. */
    LARGE,
    /** A number with a fraction or an exponent, or NaN, inf, Infinity. */
    F64
  }

  private static final byte[] MAX = "9223372036854775807".getBytes(StandardCharsets.US_ASCII);

  private NumberText() {}

  /** What the bytes are as a number. */
  public static Shape shape(byte[] text, int start, int end) {
    int i = start;
    if (i < end && text[i] == '-') {
      i++;
    }
    int firstDigit = i;
    i = afterDigits(text, i, end);
    int digits = i - firstDigit;
    if (digits > 1 && text[firstDigit] == '0') {
      return Shape.NONE;
    }
    if (i == end) {
      return digits == 0
          ? Shape.NONE
          : fitsLong(text, start, firstDigit, end) ? Shape.I64 : Shape.LARGE;
    }
    if (digits == 0 && text[i] != '.') {
      return isSpecial(text, firstDigit, end) ? Shape.F64 : Shape.NONE;
    }
    if (text[i] == '.') {
      int firstDecimal = ++i;
      i = afterDigits(text, i, end);
      digits += i - firstDecimal;
    }
    if (digits == 0) {
      return Shape.NONE;
    }
    if (i < end && (text[i] == 'e' || text[i] == 'E')) {
      i++;
      if (i < end && (text[i] == '-' || text[i] == '+')) {
        i++;
      }
      int firstOfExponent = i;
      i = afterDigits(text, i, end);
      if (i == firstOfExponent) {
        return Shape.NONE;
      }
    }
    return i == end ? Shape.F64 : Shape.NONE;
  }

  /** Whether the bytes are NaN, nan, inf or Infinity. */
  static boolean isSpecial(byte[] text, int start, int end) {
    return switch (end - start) {
      case 3 -> is(text, start, "NaN") || is(text, start, "nan") || is(text, start, "inf");
      case 8 -> is(text, start, "Infinity");
      default -> false;
    };
  }

  static boolean is(byte[] text, int start, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (text[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int afterDigits(byte[] text, int from, int end) {
    int i = from;
    while (i < end && Digits.isDigit(text[i])) {
      i++;
    }
    return i;
  }

  /** Whether i64 holds the digits, of which the first is none of several zeros. */
  static boolean fitsLong(byte[] text, int start, int firstDigit, int end) {
    int digits = end - firstDigit;
    if (digits != MAX.length) {
      return digits < MAX.length;
    }
    for (int i = 0; i < MAX.length; i++) {
      int difference = text[firstDigit + i] - MAX[i];
      if (difference != 0) {
        boolean isLowest = i == MAX.length - 1 && difference == 1 && firstDigit > start;
        return difference < 0 || isLowest;
      }
    }
    return true;
  }
}
