package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.util.List;

/** The first of several values that is not null; each is evaluated only where those before are. */
final class CoalesceExpression implements BoundExpression {
  private final List<BoundExpression> inputs;
  private final Blend blend;
  private final Kernels kernels;
  private final Selection open = new Selection();
  private final Selection hit = new Selection();

  /** All of {@code inputs} have one type. */
  CoalesceExpression(List<BoundExpression> inputs, Worker worker) {
    this.inputs = inputs;
    this.kernels = worker.kernels();
    this.blend = Blend.of(inputs.get(0).type(), worker);
  }

  @Override
  public DataType type() {
    return inputs.get(0).type();
  }

  @Override
  public Vector evaluate(Batch batch, Selection rows) {
    Vector first = inputs.get(0).evaluate(batch, rows);
    if (first.validity() == null) {
      return first;
    }
    blend.start(batch.size());
    open.copyFrom(rows);
    Vector values = first;
    for (int a = 0; !open.isEmpty(); ) {
      hit.copyFrom(open);
      SelectionKernels.dropNulls(kernels, values, hit);
      if (!hit.isEmpty()) {
        blend.take(values, hit);
        RowSets.remove(open, hit);
      }
      if (++a == inputs.size() || open.isEmpty()) {
        break;
      }
      values = inputs.get(a).evaluate(batch, open);
    }
    return blend.finish(rows);
  }
}
