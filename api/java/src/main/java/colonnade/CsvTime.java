package colonnade;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Dates and timestamps of ISO 8601: {@code 2001-01-31}, {@code 2001-01-31T23:59}, {@code 2001-01-31
 * 23:59:59.123456}, with a {@code Z} at the end or without. Digits beyond microseconds are cut off.
 */
final class CsvTime {
  /** Stands for a text that is no date or timestamp. */
  static final long NONE = Long.MIN_VALUE;

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private CsvTime() {}

  /** Days since 1970-01-01, or {@link #NONE}. */
  static long parseDate(char[] text, int start, int end) {
    return end - start == 10 ? day(text, start) : NONE;
  }

  /** Microseconds since 1970-01-01T00:00, or {@link #NONE}; a date alone is its midnight. */
  static long parseTimestamp(char[] text, int start, int end) {
    int length = end - start;
    if (length < 10) {
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
    int hour = number(text, i + 1, 2);
    int minute = number(text, i + 4, 2);
    int second = 0;
    long micros = 0;
    i += 6;
    if (i < last) {
      if (text[i] != ':' || last - i < 3) {
        return NONE;
      }
      second = number(text, i + 1, 2);
      i += 3;
    }
    if (i < last) {
      micros = fraction(text, i, last);
    }
    boolean valid =
        hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return valid && micros >= 0
        ? day * MICROS_PER_DAY + ((hour * 60L + minute) * 60 + second) * 1_000_000 + micros
        : NONE;
  }

  private static long fraction(char[] text, int point, int end) {
    int digits = end - point - 1;
    if (text[point] != '.' || digits < 1 || digits > 9) {
      return -1;
    }
    int value = number(text, point + 1, digits);
    long nanos = value;
    for (int i = digits; i < 9; i++) {
      nanos *= 10;
    }
    return value < 0 ? -1 : nanos / 1_000;
  }

  private static long day(char[] text, int start) {
    int year = number(text, start, 4);
    int month = number(text, start + 5, 2);
    int day = number(text, start + 8, 2);
    if (year < 0
        || month < 1
        || month > 12
        || day < 1
        || day > 31
        || text[start + 4] != '-'
        || text[start + 7] != '-') {
      return NONE;
    }
    try {
      return LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  /** Digits as a number, or -1. */
  private static int number(char[] text, int start, int length) {
    int value = 0;
    for (int i = start; i < start + length; i++) {
      char c = text[i];
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
