package colonnade.engine.csv;

/**
 * Dates and timestamps of ISO 8601: {@code 2001-01-31}, {@code 2001-01-31T23:59}, {@code 2001-01-31
 * 23:59:59.123456}, with a {@code Z} at the end or without. Digits beyond microseconds are cut off.
 */
public final class TimeText {
  /** Stands for a text that is no date or timestamp. */
  public static final long NONE = Long.MIN_VALUE;

  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final int[] DAYS_BEFORE_MONTH = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
  };

  private TimeText() {}

  /** Days since 1970-01-01, or {@link #NONE}. */
  public static long parseDate(byte[] text, int start, int end) {
    return end - start == 10 ? day(text, start) : NONE;
  }

  /** Microseconds since 1970-01-01T00:00, or {@link #NONE}; a date alone is its midnight. */
  public static long parseTimestamp(byte[] text, int start, int end) {
    int length = end - start;
    if (length < 10 || text[start + 4] != '-') {
      return NONE;
    }
    long day = day(text, start);
    if (day == NONE || length == 10) {
      return day == NONE ? NONE : day * MICROS_PER_DAY;
    }
    int last = text[end - 1] == 'Z' ? end - 1 : end;
    int i = start + 10;
    if (last - i < 6 || text[i] != 'T' && text[i] != ' ' || text[i + 3] != ':') {
      return NONE;
    }
    long hour = Digits.upTo8(text, i + 1, 2);
    long minute = Digits.upTo8(text, i + 4, 2);
    long second = 0;
    long micros = 0;
    i += 6;
    if (i < last) {
      if (text[i] != ':' || last - i < 3) {
        return NONE;
      }
      second = Digits.upTo8(text, i + 1, 2);
      i += 3;
    }
    if (i < last) {
      micros = fraction(text, i, last);
    }
    boolean valid =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return valid && micros >= 0
        ? day * MICROS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1_000_000 + micros
        : NONE;
  }

  private static long fraction(byte[] text, int point, int end) {
    int digits = end - point - 1;
    if (text[point] != '.' || digits < 1 || digits > 9) {
      return -1;
    }
    long value = Digits.upTo16(text, point + 1, digits);
    long nanos = value;
    for (int i = digits; i < 9; i++) {
      nanos *= 10;
    }
    return value < 0 ? -1 : nanos / 1_000;
  }

  private static long day(byte[] text, int start) {
    long year = Digits.upTo8(text, start, 4);
    int month = (int) Digits.upTo8(text, start + 5, 2);
    int day = (int) Digits.upTo8(text, start + 8, 2);
    if (year < 0
        || month < 1
        || month > 12
        || day < 1
        || text[start + 4] != '-'
        || text[start + 7] != '-') {
      return NONE;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int days = DAYS_BEFORE_MONTH[month] - DAYS_BEFORE_MONTH[month - 1];
    if (day > (month == 2 && leap ? days + 1 : days)) {
      return NONE;
    }
    long past = year - 1;
    long leapDays = year == 0 ? -1 : past / 4 - past / 100 + past / 400;
    int afterFebruary = month > 2 && leap ? 1 : 0;
    return past * 365 + leapDays + DAYS_BEFORE_MONTH[month - 1] + afterFebruary + day - 1 - 719_162;
  }
}
