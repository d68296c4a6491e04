package colonnade.engine.exec.expr;

import static colonnade.DataType.BOOL;
import static colonnade.DataType.DATE;
import static colonnade.DataType.F32;
import static colonnade.DataType.F64;
import static colonnade.DataType.I64;
import static colonnade.DataType.TIMESTAMP_MICROS;
import static colonnade.DataType.UTF8;
import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Answers that are known from elsewhere: what the documentation of each function says. */
class KnownValuesTest {
  @Test
  void followsKleene() {
    Boolean[] values = {true, false, null};
    Boolean[][] and = {{true, false, null}, {false, false, false}, {null, false, null}};
    Boolean[][] or = {{true, true, true}, {true, false, null}, {true, null, null}};
    Boolean[][] xor = {{false, true, null}, {true, false, null}, {null, null, null}};
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        Expression a = literal(BOOL, values[i]);
        Expression b = literal(BOOL, values[j]);
        assertThat(value(Function.AND, a, b)).isEqualTo(and[i][j]);
        assertThat(value(Function.OR, a, b)).isEqualTo(or[i][j]);
        assertThat(value(Function.XOR, a, b)).isEqualTo(xor[i][j]);
      }
    }
    assertThat(value(Function.NOT, literal(BOOL, null))).isNull();
  }

  @Test
  void dividesAsDocumented() {
    assertThat(value(Function.DIVIDE, number(7), number(2))).isEqualTo(3.5);
    assertThat(value(Function.DIVIDE, number(7), number(0))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(value(Function.FLOOR_DIVIDE, number(-7), number(2))).isEqualTo(-4L);
    assertThat(value(Function.FLOOR_DIVIDE, number(7), number(0))).isNull();
    assertThat(value(Function.REMAINDER, number(-7), number(2))).isEqualTo(-1L);
    assertThat(value(Function.REMAINDER, number(7), number(0))).isNull();
    assertThat(value(Function.REMAINDER, number(Long.MIN_VALUE), number(-1))).isEqualTo(0L);
  }

  @Test
  void comparesIntegersWithDoublesExactly() {
    long odd = (1L << 53) + 1;
    assertThat(value(Function.GREATER, number(odd), literal(F64, 0x1p53))).isEqualTo(true);
    assertThat(value(Function.EQUAL, number(odd), literal(F64, 0x1p53))).isEqualTo(false);
    assertThat(value(Function.LESS, number(Long.MAX_VALUE), literal(F64, 0x1p63))).isEqualTo(true);
    assertThat(value(Function.EQUAL, literal(F32, 0.1), literal(F64, 0.1))).isEqualTo(false);
  }

  @Test
  void treatsNanAndZeroAsIeeeDoes() {
    Expression nan = literal(F64, Double.NaN);
    assertThat(value(Function.EQUAL, nan, nan)).isEqualTo(false);
    assertThat(value(Function.NOT_EQUAL, nan, nan)).isEqualTo(true);
    assertThat(value(Function.EQUAL, literal(F64, -0.0), literal(F64, 0.0))).isEqualTo(true);
    assertThat(value(Function.GREATEST, literal(F64, 1.0), nan)).isEqualTo(Double.NaN);
    assertThat(value(Function.LEAST, nan, literal(F64, 1.0))).isEqualTo(1.0);
  }

  @Test
  void roundsHalfAwayFromZero() {
    assertThat(round(2.5, 0)).isEqualTo(3.0);
    assertThat(round(-2.5, 0)).isEqualTo(-3.0);
    assertThat(round(0.49999999999999994, 0)).isEqualTo(0.0);
    assertThat(round(1234.5678, 2)).isEqualTo(1234.57);
    assertThat(round(1250, -2)).isEqualTo(1300.0);
    assertThat(round(1e300, 5)).isEqualTo(1e300);
    assertThat(value(Function.ROUND, number(-1250), number(-2))).isEqualTo(-1300L);
    assertThat(value(Function.ROUND, number(1249), number(-2))).isEqualTo(1200L);
  }

  @Test
  void knowsPowersOfTwo() {
    for (int e = -1074; e < 1024; e++) {
      assertThat(value(Function.LOG2, literal(F64, Math.scalb(1.0, e)))).isEqualTo((double) e);
    }
    assertThat((double) value(Function.LOG2, literal(F64, 10.0)))
        .isBetween(3.3219280948873620, 3.3219280948873626);
    assertThat(value(Function.LOG2, literal(F64, 0.0))).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(value(Function.LOG2, literal(F64, -1.0))).isEqualTo(Double.NaN);
  }

  @Test
  void cutsTextByCodePoints() {
    assertThat(substring("a😀bc", 1, 2)).isEqualTo("😀b");
    assertThat(substring("abc", -1, 2)).isEqualTo("a");
    assertThat(substring("abc", 2, Long.MAX_VALUE)).isEqualTo("c");
    assertThat(substring("abc", 5, 1)).isEqualTo("");
    assertThat(value(Function.INDEX_OF, text("😀x"), text("x"))).isEqualTo(1L);
    assertThat(value(Function.INDEX_OF, text("abc"), text("z"))).isEqualTo(-1L);
    assertThat(value(Function.LENGTH, text("😀x"))).isEqualTo(2L);
    assertThat(value(Function.BYTE_LENGTH, text("😀x"))).isEqualTo(5L);
    assertThat(value(Function.REVERSE, text("😀x"))).isEqualTo("x😀");
    assertThat(value(Function.UPPER, text("straße"))).isEqualTo("STRAßE");
    assertThat(value(Function.PAD_START, text("7"), number(3), text("0"))).isEqualTo("007");
    assertThat(value(Function.PAD_END, text("long"), number(3), text("."))).isEqualTo("long");
  }

  @Test
  void readsAndWritesTimes() {
    assertThat(cast("2012-02-29", DATE)).isEqualTo(LocalDate.of(2012, 2, 29).toEpochDay());
    assertThat(cast("1970-01-01T00:00:01.5", TIMESTAMP_MICROS)).isEqualTo(1_500_000L);
    assertThat(cast("1970-01-02", TIMESTAMP_MICROS)).isEqualTo(86_400_000_000L);
    assertThat(cast("2011-02-29", DATE)).isNull();
    assertThat(cast("2012-01-01T25:00", TIMESTAMP_MICROS)).isNull();
    assertThat(text(-1L, TIMESTAMP_MICROS)).isEqualTo("1969-12-31T23:59:59.999999");
    assertThat(text(Long.MIN_VALUE, TIMESTAMP_MICROS)).isEqualTo("-290308-12-21T19:59:05.224192");
    assertThat(cast("-290308-12-21T19:59:05.224192", TIMESTAMP_MICROS)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void movesTimesByWholeUnits() {
    Expression leapDay = literal(DATE, LocalDate.of(2012, 2, 29).toEpochDay());
    assertThat(value(Function.OFFSET_TIME, leapDay, number(1), text("year")))
        .isEqualTo(LocalDate.of(2013, 2, 28).toEpochDay());
    assertThat(value(Function.OFFSET_TIME, leapDay, number(-1), text("quarter")))
        .isEqualTo(LocalDate.of(2011, 11, 29).toEpochDay());
    assertThat(value(Function.OFFSET_TIME, leapDay, number(-1), text("hour")))
        .isEqualTo(LocalDate.of(2012, 2, 28).toEpochDay() * 86_400_000_000L + 82_800_000_000L);
    assertThat(value(Function.TRUNCATE_TIME, leapDay, text("week")))
        .isEqualTo(LocalDate.of(2012, 2, 27).toEpochDay());
    assertThat(value(Function.ISO_WEEK, literal(DATE, LocalDate.of(2021, 1, 3).toEpochDay())))
        .isEqualTo(53L);
  }

  @Test
  void agreesWithTheCalendarOfThePlatform() {
    for (long day = -1_000_000; day < 4_000_000; day += 13) {
      LocalDate date = LocalDate.ofEpochDay(day);
      long civil = Calendar.civil(day);
      assertThat(Calendar.year(civil)).isEqualTo(date.getYear());
      assertThat(Calendar.month(civil)).isEqualTo(date.getMonthValue());
      assertThat(Calendar.day(civil)).isEqualTo(date.getDayOfMonth());
      assertThat(Calendar.days(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
          .isEqualTo(day);
    }
  }

  private static Object value(Function function, Expression... arguments) {
    return ConstantValue.of(Expression.Call.of(function, arguments)).value();
  }

  private static Object round(double x, long decimals) {
    return value(Function.ROUND, literal(F64, x), number(decimals));
  }

  private static Object substring(String s, long start, long length) {
    return value(Function.SUBSTRING, text(s), number(start), number(length));
  }

  private static Object cast(String s, DataType type) {
    return ConstantValue.of(new Expression.Cast(text(s), type, true)).value();
  }

  private static Object text(long value, DataType type) {
    return ConstantValue.of(new Expression.Cast(literal(type, value), UTF8, false)).value();
  }

  private static Expression literal(DataType type, Object value) {
    return new Expression.Literal(type, value);
  }

  private static Expression number(long value) {
    return literal(I64, value);
  }

  private static Expression text(String value) {
    return literal(UTF8, value);
  }
}
