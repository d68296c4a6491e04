package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.plan.Function;
import java.util.function.LongUnaryOperator;

/** The code of the functions of dates and timestamps. */
final class TimeBinding {
  private TimeBinding() {}

  /** A part of a date (in days) or a timestamp (in microseconds). */
  static LongUnaryOperator part(Function function, DataType type) {
    boolean micros = type == DataType.TIMESTAMP_MICROS;
    return switch (function) {
      case HOUR -> within(micros, Calendar.MICROS_PER_DAY, Calendar.MICROS_PER_HOUR);
      case MINUTE -> within(micros, Calendar.MICROS_PER_HOUR, Calendar.MICROS_PER_MINUTE);
      case SECOND -> within(micros, Calendar.MICROS_PER_MINUTE, Calendar.MICROS_PER_SECOND);
      case MICROSECOND -> within(micros, Calendar.MICROS_PER_SECOND, 1);
      default -> {
        LongUnaryOperator ofDays = ofDays(function);
        yield micros ? x -> ofDays.applyAsLong(Math.floorDiv(x, Calendar.MICROS_PER_DAY)) : ofDays;
      }
    };
  }

  /** The start of the unit that a date or timestamp lies in. */
  static LongUnaryOperator truncation(CalendarUnit unit, DataType type) {
    if (type == DataType.TIMESTAMP_MICROS) {
      return unit::startOfMicros;
    }
    return unit.isFinerThanDay() ? x -> x : x -> Math.toIntExact(unit.startOfDays(x));
  }

  private static LongUnaryOperator within(boolean micros, long whole, long unit) {
    return micros ? x -> Math.floorMod(x, whole) / unit : x -> 0;
  }

  private static LongUnaryOperator ofDays(Function function) {
    return switch (function) {
      case YEAR -> x -> Calendar.year(Calendar.civil(x));
      case QUARTER -> x -> (Calendar.month(Calendar.civil(x)) + 2) / 3;
      case MONTH -> x -> Calendar.month(Calendar.civil(x));
      case DAY -> x -> Calendar.day(Calendar.civil(x));
      case DAY_OF_WEEK -> Calendar::dayOfWeek;
      case DAY_OF_YEAR -> Calendar::dayOfYear;
      case ISO_WEEK -> Calendar::isoWeek;
      default -> throw new IllegalStateException(function.label());
    };
  }
}
