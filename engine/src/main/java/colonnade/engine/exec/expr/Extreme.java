package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * The least or greatest of several values of fixed width that are not null. NaN is above all other
 * numbers; of equal values the first is taken.
 */
final class Extreme extends FixedResult {
  private final List<BoundExpression> inputs = new ArrayList<>();
  private final boolean least;

  /** All of {@code inputs} have {@code type}. */
  Extreme(boolean least, DataType type, List<BoundExpression> inputs, Worker worker) {
    super(type, worker);
    this.least = least;
    for (BoundExpression input : inputs) {
      this.inputs.add(
          type.isFloating() ? Widening.toDouble(input, worker) : Widening.toLong(input, worker));
    }
  }

  @Override
  void compute(Batch batch, Selection rows) {
    validity.startNull(batch.size());
    for (BoundExpression input : inputs) {
      Vector values = input.evaluate(batch, rows);
      int[] list = rows.listOrNull();
      for (int k = 0; k < rows.count(); k++) {
        int i = list == null ? k : list[k];
        if (!values.isNull(i)) {
          take(values, i);
        }
      }
    }
  }

  private void take(Vector values, int row) {
    long at = values.dataOffset() + 8L * row;
    if (type().isFloating()) {
      double x = values.data().get(JAVA_DOUBLE_UNALIGNED, at);
      if (validity.isNull(row) || precedes(x, present().doubleAt(row))) {
        long bits =
            type() == DataType.F64
                ? Double.doubleToRawLongBits(x)
                : Float.floatToRawIntBits((float) x);
        FixedWidth.put(type(), data, row, bits);
      }
    } else {
      long x = values.data().get(JAVA_LONG_UNALIGNED, at);
      long best = validity.isNull(row) ? x : present().longAt(row);
      FixedWidth.put(type(), data, row, (least ? x < best : x > best) ? x : best);
    }
    validity.setValid(row);
  }

  private boolean precedes(double x, double best) {
    boolean below = x < best || Double.isNaN(best) && !Double.isNaN(x);
    boolean above = x > best || Double.isNaN(x) && !Double.isNaN(best);
    return least ? below : above;
  }

  private Vector present() {
    return Vector.fixed(type(), data, 0, null, 0);
  }
}
