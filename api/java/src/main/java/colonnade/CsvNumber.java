package colonnade;

/**
 * Numbers written in decimal digits. Whole numbers with a leading zero or a plus sign are none
 * here: they are mostly codes, telephone numbers and the like, which would lose it.
 */
final class CsvNumber {
  private static final double[] POWERS_OF_TEN = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = power;
      power *= 10;
    }
  }

  /** What a text is as a number. */
  enum Shape {
    NONE,
    /** A whole number that i64 holds. */
    I64,
    /** A whole number that i64 does not hold. */
    LARGE,
    /** A number with a fraction or an exponent, or NaN, inf, Infinity. */
    F64
  }

  private CsvNumber() {}

  /** What the characters are as a number. */
  static Shape shape(char[] text, int start, int end) {
    int i = start;
    if (i < end && text[i] == '-') {
      i++;
    }
    int firstDigit = i;
    while (i < end && isDigit(text[i])) {
      i++;
    }
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
      while (i < end && isDigit(text[i])) {
        i++;
      }
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
      while (i < end && isDigit(text[i])) {
        i++;
      }
      if (i == firstOfExponent) {
        return Shape.NONE;
      }
    }
    return i == end ? Shape.F64 : Shape.NONE;
  }

  /** The whole number; the characters have the shape {@link Shape#I64}. */
  static long parseLong(char[] text, int start, int end) {
    boolean negative = text[start] == '-';
    long value = 0;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      value = value * 10 - (text[i] - '0');
    }
    return negative ? value : -value;
  }

  /** The number nearest to the characters, which have a shape other than {@link Shape#NONE}. */
  static double parseDouble(char[] text, int start, int end) {
    boolean negative = text[start] == '-';
    int first = negative ? start + 1 : start;
    long digits = 0;
    int digitCount = 0;
    int decimals = 0;
    boolean afterPoint = false;
    for (int i = first; i < end; i++) {
      char c = text[i];
      if (isDigit(c)) {
        digits = digits * 10 + (c - '0');
        digitCount += digits == 0 ? 0 : 1;
        decimals += afterPoint ? 1 : 0;
      } else if (c == '.') {
        afterPoint = true;
      } else {
        return slow(text, start, first, end);
      }
      if (digitCount > 15 || decimals > 22) {
        return slow(text, start, first, end);
      }
    }
    // Both are exact doubles, so one rounding: W. D. Clinger, How to read floating point numbers
    // accurately, 1990.
    double value = digits / POWERS_OF_TEN[decimals];
    return negative ? -value : value;
  }

  private static double slow(char[] text, int start, int first, int end) {
    if (isSpecial(text, first, end)) {
      boolean negative = text[start] == '-';
      boolean nan = text[first] == 'N' || text[first] == 'n';
      return nan ? Double.NaN : negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(new String(text, start, end - start));
  }

  private static boolean isSpecial(char[] text, int start, int end) {
    return switch (end - start) {
      case 3 -> {
        String word = new String(text, start, 3);
        yield word.equals("NaN") || word.equals("nan") || word.equals("inf");
      }
      case 8 -> new String(text, start, 8).equals("Infinity");
      default -> false;
    };
  }

  private static boolean fitsLong(char[] text, int start, int firstDigit, int end) {
    int digits = end - firstDigit;
    if (digits != 19) {
      return digits < 19;
    }
    String limit = firstDigit > start ? "9223372036854775808" : "9223372036854775807";
    return new String(text, firstDigit, 19).compareTo(limit) <= 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
