package colonnade.engine.exec.sort;

import colonnade.engine.exec.hash.Cells;
import colonnade.engine.store.Vector;
import org.jspecify.annotations.Nullable;

/**
 * A sort key of fixed width, or whether a key is null, as an unsigned number of {@link #bits} that
 * orders as the key does: equal values have equal numbers. NaN is above infinity, -0.0 equal to
 * 0.0, false below true. A null has the number 0, whatever the direction; a field of its own tells
 * it from values. Immutable but for {@link #measure}; safe for all threads.
 */
final class SortField {
  /** The order of a floating-point key: NaN is the greatest, -0.0 equals 0.0. */
  static long ordered(double value) {
    if (Double.isNaN(value)) {
      return Long.MAX_VALUE;
    }
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
  }

  /** The value of which {@link #ordered} gives {@code number}. */
  static double value(long number) {
    return number == Long.MAX_VALUE
        ? Double.NaN
        : Double.longBitsToDouble(number >= 0 ? number : number ^ Long.MAX_VALUE);
  }

  private final Vector vector;
  private final boolean isNullTest;
  private final int @Nullable [] ranks;
  private final boolean inverted;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;

  private SortField(Vector vector, boolean isNullTest, int @Nullable [] ranks, boolean inverted) {
    this.vector = vector;
    this.isNullTest = isNullTest;
    this.ranks = ranks;
    this.inverted = inverted;
  }

  /** Whether a value is null; nulls come before values if {@code nullsFirst}. */
  static SortField nulls(Vector vector, boolean nullsFirst) {
    SortField field = new SortField(vector, true, null, nullsFirst);
    field.least = 0;
    field.greatest = 1;
    return field;
  }

  /**
   * The values of {@code vector}; to be measured before use.
   *
   * @param ranks for coded text, the rank of each code
   */
  static SortField values(Vector vector, int @Nullable [] ranks, boolean descending) {
    return new SortField(vector, false, ranks, descending);
  }

  /** Widens the bounds to those of {@code count} rows from {@code first} on, a multiple of 8. */
  void measure(int first, int count) {
    if (isNullTest) {
      return;
    }
    long[] codes = new long[count];
    codes(null, first, count, codes);
    boolean nulls = vector.validity() != null;
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      if (!nulls || !vector.isNull(first + i)) {
        low = Math.min(low, codes[i]);
        high = Math.max(high, codes[i]);
      }
    }
    widen(low, high);
  }

  private synchronized void widen(long low, long high) {
    least = Math.min(least, low);
    greatest = Math.max(greatest, high);
  }

  /** The bits that the numbers take; 0 if all rows have the same. */
  int bits() {
    return least > greatest ? 0 : Long.SIZE - Long.numberOfLeadingZeros(greatest - least);
  }

  /**
   * Writes the numbers of listed rows, or, where {@code rows} is null, of those from {@code first}
   * on, a multiple of 8.
   */
  void read(int @Nullable [] rows, int first, int count, long[] out) {
    if (isNullTest) {
      for (int i = 0; i < count; i++) {
        out[i] = vector.isNull(rows == null ? first + i : rows[i]) == inverted ? 0 : 1;
      }
      return;
    }
    codes(rows, first, count, out);
    long from = inverted ? greatest : least;
    for (int i = 0; i < count; i++) {
      out[i] = inverted ? from - out[i] : out[i] - from;
    }
    if (vector.validity() != null) {
      for (int i = 0; i < count; i++) {
        out[i] = vector.isNull(rows == null ? first + i : rows[i]) ? 0 : out[i];
      }
    }
  }

  /** The number of one row; not for loops. */
  long at(int row) {
    if (isNullTest) {
      return vector.isNull(row) == inverted ? 0 : 1;
    }
    if (vector.isNull(row)) {
      return 0;
    }
    int[] rankOfCode = ranks;
    long code =
        vector.type().isFloating()
            ? ordered(vector.doubleAt(row))
            : rankOfCode == null ? vector.longAt(row) : rankOfCode[vector.code(row)];
    return inverted ? greatest - code : code - least;
  }

  private void codes(int @Nullable [] rows, int first, int count, long[] out) {
    Vector from = rows == null ? vector.from(first) : vector;
    if (from.type().isFloating()) {
      double[] doubles = new double[count];
      Cells.doubles(from, rows, count, doubles);
      for (int i = 0; i < count; i++) {
        out[i] = ordered(doubles[i]);
      }
      return;
    }
    Cells.longs(from, rows, count, out);
    int[] rankOfCode = ranks;
    if (rankOfCode != null) {
      for (int i = 0; i < count; i++) {
        out[i] = rankOfCode[(int) out[i]];
      }
    }
  }
}
