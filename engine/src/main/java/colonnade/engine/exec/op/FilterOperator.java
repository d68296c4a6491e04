package colonnade.engine.exec.op;

import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Operator;
import colonnade.engine.exec.OperatorFactory;
import colonnade.engine.exec.expr.Binder;
import colonnade.engine.exec.expr.BoundPredicate;
import colonnade.engine.plan.Expression;

/**
 * Keeps the rows for which the predicate is true: narrows the batch's selection, copies nothing.
 */
public final class FilterOperator implements Operator {
  private final BoundPredicate predicate;
  private final Operator next;

  private FilterOperator(BoundPredicate predicate, Operator next) {
    this.predicate = predicate;
    this.next = next;
  }

  /** The step for {@code predicate} over rows of {@code schema}. */
  public static OperatorFactory of(Expression predicate, Schema schema) {
    return (worker, next) ->
        new FilterOperator(Binder.bindPredicate(predicate, schema, worker), next);
  }

  @Override
  public void push(Batch batch) {
    predicate.narrow(batch, batch.selection());
    if (!batch.selection().isEmpty()) {
      next.push(batch);
    }
  }

  @Override
  public boolean isDone() {
    return next.isDone();
  }
}
