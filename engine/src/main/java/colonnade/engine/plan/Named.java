package colonnade.engine.plan;

/**
 * An expression and the name of the column it makes.
 *
 * @param name the column's name
 * @param expression what it holds; never an alias
 */
public record Named(String name, Expression expression) {
  /** {@code expression} under its alias, or else its {@link ExpressionText} as the name. */
  public static Named of(Expression expression) {
    return switch (expression) {
      case Expression.Alias alias -> new Named(alias.name(), Named.of(alias.input()).expression);
      case Expression.Column column -> new Named(column.name(), column);
      case Expression.Aggregate aggregate ->
          new Named(ExpressionText.defaultName(aggregate), aggregate);
      default -> new Named(ExpressionText.of(expression), expression);
    };
  }
}
