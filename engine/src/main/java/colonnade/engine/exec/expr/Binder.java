package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.Worker;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Typing;

/**
 * Turns what the user asked for into what runs: expressions over column names into trees bound to
 * column positions, with memory for one batch at each node. Checks types again, as {@link Typing}
 * does. A bound tree belongs to one worker, and its memory to that worker's query.
 */
public final class Binder {
  private Binder() {}

  /**
   * {@code expression} over batches whose columns are those of {@code schema}.
   *
   * @throws IllegalStateException for an aggregate or a normalize, which rewrites replace by
   *     columns, and for a null without a type
   */
  public static BoundExpression bind(Expression expression, Schema schema, Worker worker) {
    DataType type = Typing.typeOfRowExpression(expression, schema, ExpressionText.of(expression));
    return new Binding(schema, worker).bind(expression, type);
  }

  /** {@code expression}, a condition, over batches whose columns are those of {@code schema}. */
  public static BoundPredicate bindPredicate(Expression expression, Schema schema, Worker worker) {
    Typing.requireBoolean(expression, schema, "filter");
    return new PredicateBinding(new Binding(schema, worker)).bind(expression, true);
  }
}
