package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;

/** Keeps rows whose value is not null and passes a range. */
record RangePredicate(BoundExpression input, Range range, Kernels kernels)
    implements BoundPredicate {
  @Override
  public void narrow(Batch batch, Selection rows) {
    Vector values = input.evaluate(batch, rows);
    switch (range) {
      case Range.Longs r ->
          SelectionKernels.range(kernels, values, rows, r.low(), r.high(), r.outside());
      case Range.Doubles r ->
          SelectionKernels.range(kernels, values, rows, r.low(), r.high(), r.outside());
    }
  }
}
