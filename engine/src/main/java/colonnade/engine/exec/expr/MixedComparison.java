package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Vector;

/** A comparison of 64-bit integers with f64: exact, as real numbers, though neither holds both. */
final class MixedComparison extends FixedResult {
  private final Function function;
  private final BoundExpression integers;
  private final BoundExpression doubles;

  /** The comparison "integer {@code function} double". */
  MixedComparison(
      Function function, BoundExpression integers, BoundExpression doubles, Worker worker) {
    super(DataType.BOOL, worker);
    this.function = function;
    this.integers = integers;
    this.doubles = doubles;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector a = integers.evaluate(batch, rows);
    Vector b = doubles.evaluate(batch, rows);
    validity.and(a);
    validity.and(b);
    int[] list = rows.listOrNull();
    for (int k = 0; k < rows.count(); k++) {
      int i = list == null ? k : list[k];
      long x = a.data().get(JAVA_LONG_UNALIGNED, a.dataOffset() + 8L * i);
      double y = b.data().get(JAVA_DOUBLE_UNALIGNED, b.dataOffset() + 8L * i);
      data.set(JAVA_BYTE, i, (byte) (holds(x, y) ? 1 : 0));
    }
  }

  private boolean holds(long x, double y) {
    if (Double.isNaN(y)) {
      return function == Function.NOT_EQUAL;
    }
    int order = compare(x, y);
    return switch (function) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      default -> order >= 0;
    };
  }

  /**
   * The order of {@code x} and {@code y}, which is not NaN, as real numbers. Rounding to f64 is
   * monotonic, so only where {@code x} rounds to {@code y} does its exact value matter.
   */
  static int compare(long x, double y) {
    double rounded = x;
    if (rounded != y) {
      return rounded < y ? -1 : 1;
    }
    return y == 0x1p63 ? -1 : Long.compare(x, (long) y);
  }
}
