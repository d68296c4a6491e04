package colonnade.engine.exec.expr;

import java.util.Locale;

/** A unit of time: a number of months, or a number of microseconds. */
enum CalendarUnit {
  YEAR(12, 0),
  QUARTER(3, 0),
  MONTH(1, 0),
  WEEK(0, 7 * Calendar.MICROS_PER_DAY),
  DAY(0, Calendar.MICROS_PER_DAY),
  HOUR(0, Calendar.MICROS_PER_HOUR),
  MINUTE(0, Calendar.MICROS_PER_MINUTE),
  SECOND(0, Calendar.MICROS_PER_SECOND),
  MILLISECOND(0, 1_000),
  MICROSECOND(0, 1);

  private final int months;
  private final long micros;

  CalendarUnit(int months, long micros) {
    this.months = months;
    this.micros = micros;
  }

  /** The unit of this name, which the type check has found to exist. */
  static CalendarUnit of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Whether it is shorter than a day. */
  boolean isFinerThanDay() {
    return months == 0 && micros < Calendar.MICROS_PER_DAY;
  }

  /** The first day of the unit that {@code days} lies in; for units of a day or more. */
  long startOfDays(long days) {
    if (this == DAY) {
      return days;
    }
    if (this == WEEK) {
      return days - (Calendar.dayOfWeek(days) - 1);
    }
    long civil = Calendar.civil(days);
    int month = Calendar.month(civil);
    return Calendar.days(Calendar.year(civil), month - (month - 1) % months, 1);
  }

  /**
   * The first microsecond of the unit that {@code at} lies in.
   *
   * @throws ArithmeticException if it lies before all timestamps
   */
  long startOfMicros(long at) {
    if (isFinerThanDay()) {
      return Math.subtractExact(at, Math.floorMod(at, micros));
    }
    return Math.multiplyExact(
        startOfDays(Math.floorDiv(at, Calendar.MICROS_PER_DAY)), Calendar.MICROS_PER_DAY);
  }

  /**
   * {@code days} moved by {@code amount} units of a day or more.
   *
   * @throws ArithmeticException if the result is no date
   */
  long moveDays(long days, long amount) {
    if (months == 0) {
      return Math.toIntExact(
          Math.addExact(days, Math.multiplyExact(amount, micros / Calendar.MICROS_PER_DAY)));
    }
    return Math.toIntExact(moveMonths(days, amount));
  }

  /**
   * {@code at} moved by {@code amount} units.
   *
   * @throws ArithmeticException if the result is no timestamp
   */
  long moveMicros(long at, long amount) {
    if (months == 0) {
      return sumOfProducts(at, 1, amount, micros);
    }
    long days = Math.floorDiv(at, Calendar.MICROS_PER_DAY);
    long within = Math.floorMod(at, Calendar.MICROS_PER_DAY);
    return Calendar.micros(moveMonths(days, amount), within);
  }

  /**
   * The timestamp {@code amount} units, each shorter than a day, from the start of a day.
   *
   * @throws ArithmeticException if the result is no timestamp; the start of the day may be none
   */
  long moveFromDay(long days, long amount) {
    return sumOfProducts(days, Calendar.MICROS_PER_DAY, amount, micros);
  }

  /** {@code a b + c d} where only the sum needs to fit. */
  private static long sumOfProducts(long a, long b, long c, long d) {
    long left = a * b;
    long low = left + c * d;
    long carry = Long.compareUnsigned(low, left) < 0 ? 1 : 0;
    long high = Math.multiplyHigh(a, b) + Math.multiplyHigh(c, d) + carry;
    if (high != low >> 63) {
      throw new ArithmeticException("long overflow");
    }
    return low;
  }

  private long moveMonths(long days, long amount) {
    long civil = Calendar.civil(days);
    long month =
        Math.addExact(
            Calendar.year(civil) * 12 + Calendar.month(civil) - 1,
            Math.multiplyExact(amount, months));
    long year = Math.toIntExact(Math.floorDiv(month, 12L));
    int monthOfYear = (int) Math.floorMod(month, 12L) + 1;
    int day = Math.min(Calendar.day(civil), Calendar.lengthOfMonth(year, monthOfYear));
    return Calendar.days(year, monthOfYear, day);
  }
}
