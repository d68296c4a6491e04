package colonnade;

import colonnade.engine.plan.Expression;
import colonnade.engine.plan.SortKey;

/**
 * One key of {@link Frame#sort(Order...)}, made by {@link Expr#asc(String)} and {@link
 * Expr#desc(String)}. NaN sorts as the greatest number, -0.0 equal to 0.0, text by its UTF-8 bytes,
 * false before true; nulls last unless {@link #nullsFirst()} says otherwise. An immutable value.
 */
public final class Order {
  private final Expression expression;
  private final boolean descending;
  private final boolean nullsFirst;

  Order(Expression expression, boolean descending, boolean nullsFirst) {
    this.expression = expression;
    this.descending = descending;
    this.nullsFirst = nullsFirst;
  }

  /** The same with nulls before all values, whatever the direction. */
  public Order nullsFirst() {
    return new Order(expression, descending, true);
  }

  /** The same with nulls after all values, whatever the direction. */
  public Order nullsLast() {
    return new Order(expression, descending, false);
  }

  SortKey key() {
    return new SortKey(expression, descending, nullsFirst);
  }
}
