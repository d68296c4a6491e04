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

/**
 * A comparison of two numbers: both of 64-bit integers, both of f64, or one of each, which are
 * compared exactly, as real numbers. IEEE 754: with NaN all but "not equal" are false.
 */
final class Comparison extends FixedResult {
  private final Function function;
  private final BoundExpression left;
  private final BoundExpression right;

  /**
   * A comparison.
   *
   * @param left of 64-bit integers or f64; if only one is f64 it is {@code right}
   */
  private Comparison(
      Function function, BoundExpression left, BoundExpression right, Worker worker) {
    super(DataType.BOOL, worker);
    this.function = function;
    this.left = left;
    this.right = right;
  }

  /** A comparison of {@code left} and {@code right}, both widened to 64 bits. */
  static Comparison of(
      Function function, BoundExpression left, BoundExpression right, Worker worker) {
    boolean swap =
        left.type() == DataType.F64 && right.type() != DataType.F64
            || left.type() == right.type()
                && (function == Function.GREATER || function == Function.GREATER_OR_EQUAL);
    return swap
        ? new Comparison(swapped(function), right, left, worker)
        : new Comparison(function, left, right, worker);
  }

  /** The comparison that holds for (b, a) where {@code function} holds for (a, b). */
  static Function swapped(Function function) {
    return switch (function) {
      case LESS -> Function.GREATER;
      case LESS_OR_EQUAL -> Function.GREATER_OR_EQUAL;
      case GREATER -> Function.LESS;
      case GREATER_OR_EQUAL -> Function.LESS_OR_EQUAL;
      default -> function;
    };
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector a = left.evaluate(batch, rows);
    Vector b = right.evaluate(batch, rows);
    validity.and(a);
    validity.and(b);
    if (left.type() == DataType.F64) {
      switch (function) {
        case EQUAL -> ComparisonLoops.equalDouble(a, b, data, rows);
        case NOT_EQUAL -> ComparisonLoops.notEqualDouble(a, b, data, rows);
        case LESS -> ComparisonLoops.lessDouble(a, b, data, rows);
        default -> ComparisonLoops.lessOrEqualDouble(a, b, data, rows);
      }
    } else if (right.type() == DataType.F64) {
      mixed(a, b, rows);
    } else {
      switch (function) {
        case EQUAL -> ComparisonLoops.equalLong(a, b, data, rows);
        case NOT_EQUAL -> ComparisonLoops.notEqualLong(a, b, data, rows);
        case LESS -> ComparisonLoops.lessLong(a, b, data, rows);
        case LESS_OR_EQUAL -> ComparisonLoops.lessOrEqualLong(a, b, data, rows);
        case GREATER -> ComparisonLoops.lessLong(b, a, data, rows);
        default -> ComparisonLoops.lessOrEqualLong(b, a, data, rows);
      }
    }
  }

  private void mixed(Vector a, Vector b, Selection rows) {
    int[] list = rows.toList();
    for (int k = 0; k < rows.count(); k++) {
      int i = list[k];
      long x = a.data().get(JAVA_LONG_UNALIGNED, a.dataOffset() + 8L * i);
      double y = b.data().get(JAVA_DOUBLE_UNALIGNED, b.dataOffset() + 8L * i);
      data.set(JAVA_BYTE, i, (byte) (holds(function, x, y) ? 1 : 0));
    }
  }

  private static boolean holds(Function function, long x, double y) {
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
