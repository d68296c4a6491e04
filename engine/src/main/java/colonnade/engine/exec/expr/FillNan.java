package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/** A value, or another, null too, where it is NaN. Values without NaN are handed on as they are. */
final class FillNan implements BoundExpression {
  private static final long WITHOUT_SIGN = Long.MAX_VALUE;
  private static final long INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private final BoundExpression input;
  private final Filled filled;

  /** Both are f64. */
  FillNan(BoundExpression input, BoundExpression replacement, Worker worker) {
    this.input = input;
    this.filled = new Filled(replacement, worker);
  }

  @Override
  public DataType type() {
    return DataType.F64;
  }

  @Override
  public Vector evaluate(Batch batch, Selection rows) {
    Vector values = input.evaluate(batch, rows);
    if (FixedResult.isDense(rows) && !hasNan(values.data(), values.dataOffset(), rows.size())) {
      return values;
    }
    filled.values = values;
    return filled.evaluate(batch, rows);
  }

  /** Whether a row may be NaN, null rows too. Without branches: vector code. */
  private static boolean hasNan(MemorySegment values, long offset, int n) {
    long below = 0;
    for (int i = 0; i < n; i++) {
      // The bits of a NaN, without the sign, are greater than those of infinity.
      below |= INFINITY - (values.get(JAVA_LONG_UNALIGNED, offset + 8L * i) & WITHOUT_SIGN);
    }
    return below < 0;
  }

  /** The result where there are NaN. */
  private static final class Filled extends FixedResult {
    private final BoundExpression replacement;
    private Vector values;

    Filled(BoundExpression replacement, Worker worker) {
      super(DataType.F64, worker);
      this.replacement = replacement;
      this.values = Vector.fixed(DataType.F64, data, 0, null, 0);
    }

    @Override
    void compute(Batch batch, Selection rows) {
      Vector a = values;
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
}
