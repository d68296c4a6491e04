package colonnade.engine.store.array;

import colonnade.error.ComputationException;
import colonnade.error.TypeMismatchException;
import java.util.function.DoubleBinaryOperator;

/** Sums and extremes over the elements of a view, in row-major order on the calling thread. */
public final class Totals {
  private Totals() {}

  /**
   * The sum: of integers exact as long as it fits a long, of floating point in doubles, one after
   * the other.
   */
  public static double sum(ArrayView view) {
    checkNumeric(view);
    Elements elements = view.elements();
    if (elements.type().isFloating()) {
      double[] chunk = new double[CopyOut.CHUNK];
      double[] sum = {0};
      CopyOut.chunks(
          view,
          (bytes, at, step, from, count) -> {
            elements.readDoubles(bytes, at, step, chunk, 0, count);
            double s = sum[0];
            for (int i = 0; i < count; i++) {
              s += chunk[i];
            }
            sum[0] = s;
          });
      return sum[0];
    }
    long[] chunk = new long[CopyOut.CHUNK];
    long[] sum = {0};
    try {
      CopyOut.chunks(
          view,
          (bytes, at, step, from, count) -> {
            elements.readLongs(bytes, at, step, chunk, 0, count);
            long s = sum[0];
            for (int i = 0; i < count; i++) {
              s = Math.addExact(s, chunk[i]);
            }
            sum[0] = s;
          });
    } catch (ArithmeticException e) {
      throw new ComputationException(
          view.place(),
          "the sum of the i64 elements of " + view.place() + " exceeds a long",
          "Sum slices of it.",
          e);
    }
    return sum[0];
  }

  /** The smallest value; NaN if any element is NaN; infinity for no elements. */
  public static double min(ArrayView view) {
    return fold(view, Double.POSITIVE_INFINITY, Math::min);
  }

  /** The largest value; NaN if any element is NaN; minus infinity for no elements. */
  public static double max(ArrayView view) {
    return fold(view, Double.NEGATIVE_INFINITY, Math::max);
  }

  private static double fold(ArrayView view, double start, DoubleBinaryOperator operator) {
    checkNumeric(view);
    Elements elements = view.elements();
    double[] best = {start};
    CopyOut.chunks(
        view,
        (bytes, at, step, from, count) -> {
          double b = best[0];
          for (int i = 0; i < count; i++) {
            b = operator.applyAsDouble(b, elements.doubleAt(bytes, at + i * step));
          }
          best[0] = b;
        });
    return best[0];
  }

  private static void checkNumeric(ArrayView view) {
    if (!view.elements().type().isNumeric()) {
      throw new TypeMismatchException(
          view.place(),
          view.place() + " has elements of " + view.elements().type() + "; totals need numbers",
          "");
    }
  }
}
