package colonnade.engine.csv;

/**
 * Whole numbers of i64: digits, with a sign before them or without, leading zeros or not, spaces
 * around them or not. Holds whether all that it was given were such. Not thread-safe.
 */
public final class LongText {
  private boolean failed;
  private boolean unusual;

  /** The number; 0 for anything else, which {@link #hasFailed()} tells of. */
  public long parse(byte[] text, int start, int end) {
    boolean negative = text[start] == '-';
    int first = negative ? start + 1 : start;
    int n = end - first;
    if (n >= 1 && n <= 16) {
      long value = Digits.upTo16(text, first, n);
      if (value >= 0) {
        unusual |= n > 1 & text[first] == '0';
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

  /** Whether something had a sign, a zero or spaces without need since the last call. */
  boolean wasUnusual() {
    boolean result = unusual;
    unusual = false;
    return result;
  }

  private long slow(byte[] text, int start, int end) {
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
    int digit = first;
    if (first < last && (negative || text[first] == '+')) {
      digit++;
    }
    int sign = digit;
    while (digit < last - 1 && text[digit] == '0') {
      digit++;
    }
    long value = 0;
    for (int i = digit; i < last; i++) {
      if (!Digits.isDigit(text[i])) {
        failed = true;
        return 0;
      }
      value = value * 10 - (text[i] - '0');
    }
    int signStart = negative ? digit - 1 : digit;
    if (sign >= last || !NumberText.fitsLong(text, signStart, digit, last)) {
      failed = true;
      return 0;
    }
    return negative ? value : -value;
  }
}
