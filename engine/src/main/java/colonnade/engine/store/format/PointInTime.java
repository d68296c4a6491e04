package colonnade.engine.store.format;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * Points in time as manifests have them, in the form of ISO 8601 that {@link Instant#toString}
 * writes. Most are read without a formatter or a calendar, whose classes take a fresh JVM 20 ms.
 */
final class PointInTime {
  private static final String FORM = "dddd-dd-ddTdd:dd:dd";

  private PointInTime() {}

  /**
   * The point in time that {@code text} says.
   *
   * @throws DateTimeException if it says none
   */
  static Instant parse(String text) {
    int end = text.length() - 1;
    int fraction = end - FORM.length() - 1;
    if (end < FORM.length() || text.charAt(end) != 'Z' || !hasForm(text) || fraction > 9) {
      return Instant.parse(text);
    }
    int nanos = 0;
    if (end > FORM.length()) {
      if (fraction < 1 || text.charAt(FORM.length()) != '.') {
        return Instant.parse(text);
      }
      for (int i = 0; i < 9; i++) {
        int digit = i < fraction ? text.charAt(FORM.length() + 1 + i) - '0' : 0;
        if (digit < 0 || digit > 9) {
          return Instant.parse(text);
        }
        nanos = 10 * nanos + digit;
      }
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    boolean exists =
        year >= 1
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= lengthOf(month, year)
            && hour < 24
            && minute < 60
            && second < 60;
    return exists
        ? Instant.ofEpochSecond(
            daysSinceEpoch(year, month, day) * 86_400L + hour * 3_600 + minute * 60 + second, nanos)
        : Instant.parse(text);
  }

  private static int lengthOf(int month, int year) {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return switch (month) {
      case 2 -> leap ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Days since 1970, of the Gregorian calendar; March begins the years that are counted in. */
  private static long daysSinceEpoch(int year, int month, int day) {
    int months = 12 * year + month - 3;
    int y = months / 12;
    int daysBeforeMonth = (153 * (months % 12) + 2) / 5;
    return 365L * y + y / 4 - y / 100 + y / 400 + daysBeforeMonth + day - 1 - 719_468;
  }

  private static boolean hasForm(String text) {
    for (int i = 0; i < FORM.length(); i++) {
      char wanted = FORM.charAt(i);
      char c = text.charAt(i);
      if (wanted == 'd' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    return true;
  }

  private static int number(String digits, int from, int end) {
    int number = 0;
    for (int i = from; i < end; i++) {
      number = 10 * number + digits.charAt(i) - '0';
    }
    return number;
  }
}
