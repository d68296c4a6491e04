package colonnade;

import static colonnade.engine.plan.Function.BYTE_LENGTH;
import static colonnade.engine.plan.Function.CONCAT;
import static colonnade.engine.plan.Function.CONTAINS;
import static colonnade.engine.plan.Function.DAY;
import static colonnade.engine.plan.Function.DAY_OF_WEEK;
import static colonnade.engine.plan.Function.DAY_OF_YEAR;
import static colonnade.engine.plan.Function.ENDS_WITH;
import static colonnade.engine.plan.Function.HOUR;
import static colonnade.engine.plan.Function.INDEX_OF;
import static colonnade.engine.plan.Function.ISO_WEEK;
import static colonnade.engine.plan.Function.LENGTH;
import static colonnade.engine.plan.Function.LOWER;
import static colonnade.engine.plan.Function.MATCHES;
import static colonnade.engine.plan.Function.MICROSECOND;
import static colonnade.engine.plan.Function.MINUTE;
import static colonnade.engine.plan.Function.MONTH;
import static colonnade.engine.plan.Function.OFFSET_TIME;
import static colonnade.engine.plan.Function.PAD_END;
import static colonnade.engine.plan.Function.PAD_START;
import static colonnade.engine.plan.Function.QUARTER;
import static colonnade.engine.plan.Function.REPLACE;
import static colonnade.engine.plan.Function.REVERSE;
import static colonnade.engine.plan.Function.SECOND;
import static colonnade.engine.plan.Function.STARTS_WITH;
import static colonnade.engine.plan.Function.SUBSTRING;
import static colonnade.engine.plan.Function.TRIM;
import static colonnade.engine.plan.Function.TRIM_END;
import static colonnade.engine.plan.Function.TRIM_START;
import static colonnade.engine.plan.Function.TRUNCATE_TIME;
import static colonnade.engine.plan.Function.UPPER;
import static colonnade.engine.plan.Function.YEAR;

/**
 * What an {@link Expr} can do with text, dates and timestamps; here only to keep files short. Where
 * a parameter is an {@code Object} it is an {@link Expr} or a constant: a String is text there, not
 * a column's name.
 */
abstract sealed class TextAndTimeExpr extends ScalarExpr permits Expr {
  // Text. Positions and lengths count Unicode code points; positions start at 0.

  /** The number of code points. */
  public Expr length() {
    return call(LENGTH);
  }

  /** The number of bytes in UTF-8. */
  public Expr byteLength() {
    return call(BYTE_LENGTH);
  }

  /** In upper case, without regard to a locale. */
  public Expr upper() {
    return call(UPPER);
  }

  /** In lower case, without regard to a locale. */
  public Expr lower() {
    return call(LOWER);
  }

  /** Without white space at both ends. */
  public Expr trim() {
    return call(TRIM);
  }

  /** Without white space at the start. */
  public Expr trimStart() {
    return call(TRIM_START);
  }

  /** Without white space at the end. */
  public Expr trimEnd() {
    return call(TRIM_END);
  }

  /** The code points in reverse order. */
  public Expr reverse() {
    return call(REVERSE);
  }

  /** The part from {@code start} on to the end. */
  public Expr substring(Object start) {
    return substring(start, Integer.MAX_VALUE);
  }

  /** At most {@code length} code points from {@code start} on, cut at the text's ends. */
  public Expr substring(Object start, Object length) {
    return call(SUBSTRING, Literals.operand(start), Literals.operand(length));
  }

  /** This and {@code other}, one after the other; a String is text here, not a column. */
  public Expr concat(Object other) {
    return call(CONCAT, Literals.operand(other));
  }

  /** Whether {@code part} occurs in this. */
  public Expr contains(Object part) {
    return call(CONTAINS, Literals.operand(part));
  }

  /** Whether this starts with {@code prefix}. */
  public Expr startsWith(Object prefix) {
    return call(STARTS_WITH, Literals.operand(prefix));
  }

  /** Whether this ends with {@code suffix}. */
  public Expr endsWith(Object suffix) {
    return call(ENDS_WITH, Literals.operand(suffix));
  }

  /** The position of the first occurrence of {@code part}, or -1. */
  public Expr indexOf(Object part) {
    return call(INDEX_OF, Literals.operand(part));
  }

  /** With every occurrence of {@code target} replaced; neither is a regular expression. */
  public Expr replace(Object target, Object replacement) {
    return call(REPLACE, Literals.operand(target), Literals.operand(replacement));
  }

  /** Whether the regular expression of {@link java.util.regex.Pattern} is found in this. */
  public Expr matches(String regex) {
    return call(MATCHES, Literals.of(regex));
  }

  /** Padded at its start with {@code fill} to {@code length} code points; never cut. */
  public Expr padStart(Object length, String fill) {
    return call(PAD_START, Literals.operand(length), Literals.of(fill));
  }

  /** Padded at its end with {@code fill} to {@code length} code points; never cut. */
  public Expr padEnd(Object length, String fill) {
    return call(PAD_END, Literals.operand(length), Literals.of(fill));
  }

  // Dates and timestamps, proleptic Gregorian, without a time zone. A date is midnight.

  /** The year. */
  public Expr year() {
    return call(YEAR);
  }

  /** The quarter, 1 to 4. */
  public Expr quarter() {
    return call(QUARTER);
  }

  /** The month, 1 to 12. */
  public Expr month() {
    return call(MONTH);
  }

  /** The day of the month, from 1. */
  public Expr day() {
    return call(DAY);
  }

  /** The hour, 0 to 23. */
  public Expr hour() {
    return call(HOUR);
  }

  /** The minute, 0 to 59. */
  public Expr minute() {
    return call(MINUTE);
  }

  /** The second, 0 to 59. */
  public Expr second() {
    return call(SECOND);
  }

  /** The microseconds within the second. */
  public Expr microsecond() {
    return call(MICROSECOND);
  }

  /** The day of the week: Monday is 1, Sunday 7. */
  public Expr dayOfWeek() {
    return call(DAY_OF_WEEK);
  }

  /** The day of the year, from 1. */
  public Expr dayOfYear() {
    return call(DAY_OF_YEAR);
  }

  /** The week of ISO 8601, 1 to 53. */
  public Expr isoWeek() {
    return call(ISO_WEEK);
  }

  /**
   * The start of the year, quarter, month, week (Monday), day, hour, minute or second that this
   * lies in.
   */
  public Expr truncate(String unit) {
    return call(TRUNCATE_TIME, Literals.of(unit));
  }

  /**
   * Moved by {@code amount} whole units, {@code "day"} or {@code "hour"} for example; the day of
   * the month is cut to the month's length.
   */
  public Expr offset(Object amount, String unit) {
    return call(OFFSET_TIME, Literals.operand(amount), Literals.of(unit));
  }
}
