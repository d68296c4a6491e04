package colonnade.engine.exec.op;

import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Operator;
import colonnade.engine.exec.OperatorFactory;
import colonnade.engine.exec.expr.Binder;
import colonnade.engine.exec.expr.BoundExpression;
import colonnade.engine.plan.Expression;
import java.util.List;

/**
 * Computes one column per expression for the kept rows; columns that are only handed on cost
 * nothing.
 */
public final class ProjectOperator implements Operator {
  private final BoundExpression[] expressions;
  private final Batch result;
  private final Operator next;

  private ProjectOperator(BoundExpression[] expressions, Operator next) {
    this.expressions = expressions;
    this.result = new Batch(expressions.length);
    this.next = next;
  }

  /** The step for {@code expressions} over rows of {@code schema}. */
  public static OperatorFactory of(List<Expression> expressions, Schema schema) {
    return (worker, next) -> {
      BoundExpression[] bound = new BoundExpression[expressions.size()];
      for (int i = 0; i < bound.length; i++) {
        bound[i] = Binder.bind(expressions.get(i), schema, worker);
      }
      return new ProjectOperator(bound, next);
    };
  }

  @Override
  public void push(Batch batch) {
    result.follow(batch);
    for (int i = 0; i < expressions.length; i++) {
      int column = expressions[i].column();
      if (column >= 0) {
        result.link(i, batch, column);
      } else {
        result.set(i, expressions[i].evaluate(batch, batch.selection()));
      }
    }
    next.push(result);
  }

  @Override
  public boolean isDone() {
    return next.isDone();
  }
}
