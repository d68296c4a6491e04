package colonnade.engine.exec.expr;

import static colonnade.DataType.DATE;
import static colonnade.DataType.TIMESTAMP_MICROS;

import colonnade.DataType;
import colonnade.engine.plan.Function;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/** Dates and timestamps of {@link RowInterpreter}, by {@code java.time}. */
final class RowTimes {
  private RowTimes() {}

  static LocalDateTime time(long value, DataType type) {
    return type == DATE
        ? LocalDate.ofEpochDay(value).atStartOfDay()
        : LocalDateTime.ofEpochSecond(
            Math.floorDiv(value, 1_000_000L),
            (int) Math.floorMod(value, 1_000_000L) * 1000,
            ZoneOffset.UTC);
  }

  static long value(LocalDateTime time, DataType type) {
    BigInteger result =
        type == DATE
            ? BigInteger.valueOf(time.toLocalDate().toEpochDay())
            : BigInteger.valueOf(time.toEpochSecond(ZoneOffset.UTC))
                .multiply(BigInteger.valueOf(1_000_000))
                .add(BigInteger.valueOf(time.getNano() / 1000));
    if (result.bitLength() > (type == DATE ? 31 : 63)) {
      throw new RowInterpreter.NoValue("no " + type + ": " + time);
    }
    return result.longValue();
  }

  static Object part(Function function, long value, DataType type) {
    LocalDateTime time = time(value, type);
    return switch (function) {
      case YEAR -> (long) time.getYear();
      case QUARTER -> (long) time.get(IsoFields.QUARTER_OF_YEAR);
      case MONTH -> (long) time.getMonthValue();
      case DAY -> (long) time.getDayOfMonth();
      case HOUR -> (long) time.getHour();
      case MINUTE -> (long) time.getMinute();
      case SECOND -> (long) time.getSecond();
      case MICROSECOND -> (long) time.getNano() / 1000;
      case DAY_OF_WEEK -> (long) time.getDayOfWeek().getValue();
      case DAY_OF_YEAR -> (long) time.getDayOfYear();
      default -> (long) time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    };
  }

  static Object truncate(long value, String unit, DataType type) {
    LocalDateTime time = time(value, type);
    LocalDateTime midnight = time.truncatedTo(ChronoUnit.DAYS);
    LocalDateTime start =
        switch (unit) {
          case "year" -> midnight.withDayOfYear(1);
          case "quarter" ->
              midnight.withDayOfMonth(1).withMonth((time.getMonthValue() - 1) / 3 * 3 + 1);
          case "month" -> midnight.withDayOfMonth(1);
          case "week" -> midnight.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          default -> time.truncatedTo(chronoUnit(unit));
        };
    return value(start, type);
  }

  static Object offset(long value, long amount, String unit, DataType from, DataType to) {
    try {
      LocalDateTime time = time(value, from);
      return value(
          unit.equals("quarter")
              ? time.plusMonths(Math.multiplyExact(3, amount))
              : time.plus(amount, chronoUnit(unit)),
          to);
    } catch (java.time.DateTimeException | ArithmeticException e) {
      throw new RowInterpreter.NoValue(e.getMessage());
    }
  }

  private static ChronoUnit chronoUnit(String unit) {
    return switch (unit) {
      case "millisecond" -> ChronoUnit.MILLIS;
      case "microsecond" -> ChronoUnit.MICROS;
      default -> ChronoUnit.valueOf(unit.toUpperCase(java.util.Locale.ROOT) + "S");
    };
  }

  static String text(long value, DataType type) {
    LocalDateTime time = time(value, type);
    String date = time.toLocalDate().toString();
    if (type != TIMESTAMP_MICROS) {
      return date;
    }
    int micros = time.getNano() / 1000;
    return date
        + String.format("T%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond())
        + (micros == 0 ? "" : String.format(".%06d", micros));
  }
}
