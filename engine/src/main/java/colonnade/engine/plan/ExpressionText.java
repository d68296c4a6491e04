package colonnade.engine.plan;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expressions as a person would write them, for explain, messages and default column names. */
public final class ExpressionText {
  private ExpressionText() {}

  /** The text of {@code expression}. */
  public static String of(Expression expression) {
    return switch (expression) {
      case Expression.Column column -> column.name();
      case Expression.Literal literal -> literal(literal);
      case Expression.Alias alias -> of(alias.input()) + " as " + alias.name();
      case Expression.Cast cast ->
          (cast.lenient() ? "try_cast(" : "cast(") + of(cast.input()) + " as " + cast.type() + ")";
      case Expression.InList in ->
          of(in.input())
              + " in ("
              + in.values().stream().map(ExpressionText::of).collect(Collectors.joining(", "))
              + ")";
      case Expression.Case choice ->
          choice.branches().stream()
                  .map(b -> " when " + of(b.condition()) + " then " + of(b.value()))
                  .collect(Collectors.joining("", "case", ""))
              + otherwise(choice.otherwise())
              + " end";
      case Expression.Call call -> call(call);
      case Expression.Aggregate aggregate -> {
        String parameter =
            switch (aggregate.function()) {
              case QUANTILE -> ", " + aggregate.parameter();
              case LARGEST -> ", " + (long) aggregate.parameter();
              default -> "";
            };
        yield aggregate.function().label() + "(" + list(aggregate.arguments()) + parameter + ")";
      }
      case Expression.Normalize normalize ->
          "normalize("
              + of(normalize.input())
              + ", "
              + normalize.scaling().kind().label()
              + (normalize.by().isEmpty() ? "" : " by " + list(normalize.by()))
              + ")";
    };
  }

  /**
   * The name of the column that an aggregate without an alias makes: {@code sum_fare}, {@code
   * count}.
   */
  public static String defaultName(Expression.Aggregate aggregate) {
    String arguments =
        aggregate.arguments().stream().map(ExpressionText::of).collect(Collectors.joining("_"));
    String suffix =
        switch (aggregate.function()) {
          case QUANTILE -> "_" + aggregate.parameter();
          case LARGEST -> "_" + (long) aggregate.parameter();
          default -> "";
        };
    return aggregate.function().label() + (arguments.isEmpty() ? "" : "_" + arguments) + suffix;
  }

  private static String otherwise(@Nullable Expression otherwise) {
    return otherwise == null ? "" : " else " + of(otherwise);
  }

  private static String call(Expression.Call call) {
    if (call.function().isInfix()) {
      return "("
          + of(call.arguments().get(0))
          + " "
          + call.function().label()
          + " "
          + of(call.arguments().get(1))
          + ")";
    }
    return call.function().label() + "(" + list(call.arguments()) + ")";
  }

  private static String list(List<Expression> expressions) {
    return expressions.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
  }

  private static String literal(Expression.Literal literal) {
    Object value = literal.value();
    if (value == null || literal.type() == null) {
      return "null";
    }
    return switch (literal.type()) {
      case UTF8 -> "'" + value.toString().replace("'", "''") + "'";
      case DATE -> LocalDate.ofEpochDay((Long) value).toString();
      case TIMESTAMP_MICROS -> {
        long micros = (Long) value;
        yield LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L),
                (int) Math.floorMod(micros, 1_000_000L) * 1000,
                ZoneOffset.UTC)
            .toString();
      }
      case BINARY -> "x'" + java.util.HexFormat.of().formatHex((byte[]) value) + "'";
      default -> value.toString();
    };
  }
}
