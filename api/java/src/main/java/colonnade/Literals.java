package colonnade;

import colonnade.engine.plan.Expression;
import colonnade.error.TypeMismatchException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Java values as constants of an expression. */
final class Literals {
  private Literals() {}

  /** The expression of an {@link Expr}, without an alias, or the constant of any other value. */
  static Expression operand(@Nullable Object value) {
    return value instanceof Expr expr ? expr.input() : of(value);
  }

  /** The constant for {@code value}; see {@link Expr#lit}. */
  static Expression.Literal of(@Nullable Object value) {
    return switch (value) {
      case null -> new Expression.Literal(null, null);
      case Byte _, Short _, Integer _, Long _ ->
          new Expression.Literal(DataType.I64, ((Number) value).longValue());
      case Float _, Double _ ->
          new Expression.Literal(DataType.F64, ((Number) value).doubleValue());
      case Boolean b -> new Expression.Literal(DataType.BOOL, b);
      case String s -> new Expression.Literal(DataType.UTF8, s);
      case Character c -> new Expression.Literal(DataType.UTF8, c.toString());
      case LocalDate date -> new Expression.Literal(DataType.DATE, days(date));
      case LocalDateTime time -> new Expression.Literal(DataType.TIMESTAMP_MICROS, micros(time));
      case Instant instant -> new Expression.Literal(DataType.TIMESTAMP_MICROS, micros(instant));
      case byte[] bytes -> new Expression.Literal(DataType.BINARY, bytes.clone());
      default ->
          throw new TypeMismatchException(
              "constant",
              "a " + value.getClass().getName() + " is no constant of an expression: " + value,
              "Constants are numbers, text, booleans, LocalDate, LocalDateTime, Instant, byte[] and"
                  + " null; convert it to one of them.");
    };
  }

  /** The constants of an {@link Expression.InList}; nulls are left out, for they match nothing. */
  static List<Expression.Literal> constants(Collection<?> values) {
    return values.stream().filter(Objects::nonNull).map(Literals::of).toList();
  }

  /** Days since 1970-01-01, as {@link DataType#DATE} holds them. */
  static long days(LocalDate date) {
    long days = date.toEpochDay();
    if (days != (int) days) {
      throw outOfRange(date);
    }
    return days;
  }

  /** Microseconds since 1970-01-01T00:00, finer parts cut off. */
  static long micros(LocalDateTime time) {
    return micros(time.toInstant(ZoneOffset.UTC));
  }

  /** Microseconds since 1970-01-01T00:00 UTC, finer parts cut off. */
  static long micros(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    } catch (ArithmeticException e) {
      throw outOfRange(instant);
    }
  }

  private static TypeMismatchException outOfRange(Object time) {
    return new TypeMismatchException(
        "constant",
        time + " is too far away for a date in 32-bit days or a timestamp in 64-bit microseconds",
        "");
  }
}
