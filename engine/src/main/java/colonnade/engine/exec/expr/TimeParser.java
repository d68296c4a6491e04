package colonnade.engine.exec.expr;

/**
 * Reads one date or timestamp of ISO 8601: {@code 2012-01-01}, {@code 2012-01-01T10:20}, {@code
 * 2012-01-01 10:20:30.123456}. The year has four to seven digits and perhaps a sign; a {@code Z} at
 * the end is passed over; digits past the microsecond are cut off.
 */
final class TimeParser {
  private final TextArguments arguments;
  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean failed;

  TimeParser(TextArguments arguments) {
    this.arguments = arguments;
    this.bytes = arguments.text(0).bytes();
    this.at = TextParsing.start(arguments.text(0));
    this.end = TextParsing.end(arguments.text(0), at);
  }

  /** The day; that of a timestamp's date too. */
  long days() {
    long days = date();
    if (at < end) {
      time();
    }
    return failed || at < end || days != (int) days ? arguments.fail() : days;
  }

  /** The microsecond; midnight of a date. */
  long micros() {
    long days = date();
    long time = at < end ? time() : 0;
    if (failed || at < end) {
      return arguments.fail();
    }
    try {
      return Calendar.micros(days, time);
    } catch (ArithmeticException e) {
      return arguments.fail();
    }
  }

  private long date() {
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    int year = digits(4, 7);
    expect('-');
    int month = digits(2, 2);
    expect('-');
    int day = digits(2, 2);
    year = negative ? -year : year;
    if (failed || month < 1 || month > 12 || day < 1 || day > Calendar.lengthOfMonth(year, month)) {
      failed = true;
      return 0;
    }
    return Calendar.days(year, month, day);
  }

  private long time() {
    if (bytes[at] != 'T' && bytes[at] != 't' && bytes[at] != ' ') {
      failed = true;
      return 0;
    }
    at++;
    int hour = digits(2, 2);
    expect(':');
    int minute = digits(2, 2);
    int second = 0;
    int fraction = 0;
    if (at < end && bytes[at] == ':') {
      at++;
      second = digits(2, 2);
      if (at < end && bytes[at] == '.') {
        at++;
        fraction = fraction();
      }
    }
    if (at < end && (bytes[at] == 'Z' || bytes[at] == 'z')) {
      at++;
    }
    failed |= hour > 23 || minute > 59 || second > 59;
    return hour * Calendar.MICROS_PER_HOUR
        + minute * Calendar.MICROS_PER_MINUTE
        + second * Calendar.MICROS_PER_SECOND
        + fraction;
  }

  private int fraction() {
    int micros = 0;
    int count = 0;
    for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++, count++) {
      micros = count < 6 ? 10 * micros + bytes[at] - '0' : micros;
    }
    failed |= count == 0;
    for (int i = count; i < 6; i++) {
      micros *= 10;
    }
    return micros;
  }

  private int digits(int least, int most) {
    int value = 0;
    int count = 0;
    for (; at < end && count < most && bytes[at] >= '0' && bytes[at] <= '9'; at++, count++) {
      value = 10 * value + bytes[at] - '0';
    }
    failed |= count < least;
    return value;
  }

  private void expect(char wanted) {
    if (at < end && bytes[at] == wanted) {
      at++;
    } else {
      failed = true;
    }
  }
}
