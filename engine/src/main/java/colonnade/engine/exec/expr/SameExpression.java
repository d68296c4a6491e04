package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;

/** Whether two values are equal or both null; never null itself. */
final class SameExpression extends FixedResult {
  private final BoundExpression equal;
  private final BoundExpression left;
  private final BoundExpression right;

  /** {@code equal} compares the same two values, and is null where one of them is. */
  SameExpression(
      BoundExpression equal, BoundExpression left, BoundExpression right, Worker worker) {
    super(DataType.BOOL, worker);
    this.equal = equal;
    this.left = left;
    this.right = right;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector same = equal.evaluate(batch, rows);
    Vector a = left.evaluate(batch, rows);
    Vector b = right.evaluate(batch, rows);
    int[] list = rows.listOrNull();
    for (int k = 0; k < rows.count(); k++) {
      int i = list == null ? k : list[k];
      byte value =
          same.isNull(i)
              ? (byte) (a.isNull(i) && b.isNull(i) ? 1 : 0)
              : same.data().get(JAVA_BYTE, same.dataOffset() + i);
      data.set(JAVA_BYTE, i, value);
    }
  }
}
