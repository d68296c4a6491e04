package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;

/** A value, or another, null too, where it is NaN. */
final class FillNan extends FixedResult {
  private final BoundExpression input;
  private final BoundExpression replacement;

  /** Both are f64. */
  FillNan(BoundExpression input, BoundExpression replacement, Worker worker) {
    super(DataType.F64, worker);
    this.input = input;
    this.replacement = replacement;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector a = input.evaluate(batch, rows);
    Vector b = replacement.evaluate(batch, rows);
    validity.and(a);
    int[] list = rows.listOrNull();
    for (int k = 0; k < rows.count(); k++) {
      int i = list == null ? k : list[k];
      double x = a.data().get(JAVA_DOUBLE_UNALIGNED, a.dataOffset() + 8L * i);
      if (Double.isNaN(x)) {
        x = b.data().get(JAVA_DOUBLE_UNALIGNED, b.dataOffset() + 8L * i);
        if (b.isNull(i)) {
          validity.setNull(i);
        }
      }
      data.set(JAVA_DOUBLE, 8L * i, x);
    }
  }
}
