package colonnade.engine.exec.expr;

/**
 * The proleptic Gregorian calendar on days and microseconds since 1970-01-01, in integer
 * arithmetic. Conversions after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
final class Calendar {
  static final long MICROS_PER_SECOND = 1_000_000L;
  static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
  static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
  static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

  private static final long DAYS_PER_ERA = 146_097;
  private static final long DAYS_FROM_0000_03_01 = 719_468;

  private Calendar() {}

  /** Year, month and day of a day, packed; see {@link #year}, {@link #month}, {@link #day}. */
  static long civil(long days) {
    long z = days + DAYS_FROM_0000_03_01;
    long era = Math.floorDiv(z, DAYS_PER_ERA);
    long dayOfEra = z - era * DAYS_PER_ERA;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long shiftedMonth = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
    long month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return year << 16 | month << 8 | day;
  }

  /** The year of a packed date; the year before 1 is 0. */
  static long year(long civil) {
    return civil >> 16;
  }

  /** The month of a packed date, from 1. */
  static int month(long civil) {
    return (int) (civil >> 8 & 0xff);
  }

  /** The day of the month of a packed date, from 1. */
  static int day(long civil) {
    return (int) (civil & 0xff);
  }

  /** The day of a date that exists. */
  static long days(long year, int month, int day) {
    long y = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_PER_ERA + dayOfEra - DAYS_FROM_0000_03_01;
  }

  /**
   * The microsecond {@code within} a day.
   *
   * @throws ArithmeticException if it is no timestamp
   */
  static long micros(long days, long within) {
    // Before 1970 midnight alone may lie before the least timestamp, though the sum does not.
    return days < 0
        ? Math.addExact(Math.multiplyExact(days + 1, MICROS_PER_DAY), within - MICROS_PER_DAY)
        : Math.addExact(Math.multiplyExact(days, MICROS_PER_DAY), within);
  }

  /** The first microsecond of a day, or the timestamp nearest to it. */
  static long nearestMicros(long days) {
    long micros = days * MICROS_PER_DAY;
    if (micros / MICROS_PER_DAY == days) {
      return micros;
    }
    return days < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /** The number of days of a month. */
  static int lengthOfMonth(long year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Monday 1 to Sunday 7. */
  static int dayOfWeek(long days) {
    return (int) Math.floorMod(days + 3, 7L) + 1;
  }

  /** From 1. */
  static int dayOfYear(long days) {
    return (int) (days - days(year(civil(days)), 1, 1)) + 1;
  }

  /** The week of ISO 8601: the year of the week's Thursday has it. */
  static int isoWeek(long days) {
    long thursday = days + 4 - dayOfWeek(days);
    return (dayOfYear(thursday) - 1) / 7 + 1;
  }

  private static boolean isLeap(long year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }
}
