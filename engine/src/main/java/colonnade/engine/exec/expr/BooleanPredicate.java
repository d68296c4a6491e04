package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;

/** Keeps rows whose condition has the wanted value, through the condition's values or bits. */
record BooleanPredicate(BoundExpression input, boolean wanted, Kernels kernels)
    implements BoundPredicate {
  @Override
  public void narrow(Batch batch, Selection rows) {
    Vector values = input.encoded(batch, rows);
    if (wanted) {
      SelectionKernels.isTrue(kernels, values, rows);
    } else {
      SelectionKernels.range(kernels, values, rows, 0L, 0L, false);
    }
  }
}
