package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.util.function.DoubleBinaryOperator;

/** A function of two f64, applied to the rows that are kept. */
final class DoubleBinaryMap extends FixedResult {
  private final BoundExpression left;
  private final BoundExpression right;
  private final DoubleBinaryOperator function;

  /** {@code left} and {@code right} are f64. */
  DoubleBinaryMap(
      BoundExpression left, BoundExpression right, DoubleBinaryOperator function, Worker worker) {
    super(DataType.F64, worker);
    this.left = left;
    this.right = right;
    this.function = function;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector a = left.evaluate(batch, rows);
    Vector b = right.evaluate(batch, rows);
    validity.and(a);
    validity.and(b);
    int[] list = rows.listOrNull();
    for (int k = 0; k < rows.count(); k++) {
      int i = list == null ? k : list[k];
      double x = a.data().get(JAVA_DOUBLE_UNALIGNED, a.dataOffset() + 8L * i);
      double y = b.data().get(JAVA_DOUBLE_UNALIGNED, b.dataOffset() + 8L * i);
      data.set(JAVA_DOUBLE, 8L * i, function.applyAsDouble(x, y));
    }
  }
}
