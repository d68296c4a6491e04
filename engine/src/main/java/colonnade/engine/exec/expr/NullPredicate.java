package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;

/** Keeps rows whose value is null, or those whose value is not. */
record NullPredicate(BoundExpression input, boolean wantNull, Kernels kernels)
    implements BoundPredicate {
  @Override
  public void narrow(Batch batch, Selection rows) {
    Vector values = input.encoded(batch, rows);
    if (wantNull) {
      SelectionKernels.keepNulls(kernels, values, rows);
    } else {
      SelectionKernels.dropNulls(kernels, values, rows);
    }
  }
}
