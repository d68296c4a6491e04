package colonnade.benchmarks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The number of rows of a result and the sum of each numeric column: equal for equal results in any
 * order.
 */
final class Fingerprint {
  private static final double RELATIVE_TOLERANCE = 1e-9;

  private long rowCount;
  private double[] sums = new double[0];

  void row() {
    rowCount++;
  }

  void rows(long count) {
    rowCount += count;
  }

  void value(int column, @Nullable Object value) {
    double number =
        switch (value) {
          case null -> 0;
          case Number n -> n.doubleValue();
          default -> 0;
        };
    if (column >= sums.length) {
      sums = Arrays.copyOf(sums, column + 1);
    }
    sums[column] += number;
  }

  /** Throws unless {@code other} is the same up to rounding. */
  void requireSame(String what, Fingerprint other) {
    boolean same = rowCount == other.rowCount && sums.length == other.sums.length;
    for (int c = 0; same && c < sums.length; c++) {
      double scale = Math.max(1, Math.max(Math.abs(sums[c]), Math.abs(other.sums[c])));
      same = Math.abs(sums[c] - other.sums[c]) <= RELATIVE_TOLERANCE * scale;
    }
    if (!same) {
      throw new IllegalStateException("results differ for " + what + ": " + this + " and " + other);
    }
  }

  @Override
  public String toString() {
    return rowCount + " rows, sums " + Arrays.toString(sums);
  }
}
