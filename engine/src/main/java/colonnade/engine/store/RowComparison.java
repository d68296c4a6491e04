package colonnade.engine.store;

import colonnade.DataType;
import java.util.Arrays;

/** Compares two columns of one type row by row, whatever their encodings. Stateless. */
final class RowComparison {
  private static final int WINDOW_ROWS = 4096;

  private RowComparison() {}

  /** How many of the first {@code rowCount} rows, at least 1, differ. */
  static long countChanged(MappedColumn first, MappedColumn second, long rowCount) {
    long changed = 0;
    for (long row = 0; row < rowCount; row += WINDOW_ROWS) {
      int n = (int) Math.min(WINDOW_ROWS, rowCount - row);
      Vector a = first.vector(row, n);
      Vector b = second.vector(row, n);
      for (int i = 0; i < n; i++) {
        changed += isSame(a, b, i) ? 0 : 1;
      }
    }
    return changed;
  }

  private static boolean isSame(Vector a, Vector b, int row) {
    boolean isNull = a.isNull(row);
    if (isNull || b.isNull(row)) {
      return isNull == b.isNull(row);
    }
    DataType type = a.type();
    if (type.isVariable()) {
      return Arrays.equals(a.bytesAt(row), b.bytesAt(row));
    }
    // Bits, but one NaN is like another.
    return type.isFloating()
        ? Double.doubleToLongBits(a.doubleAt(row)) == Double.doubleToLongBits(b.doubleAt(row))
        : a.longAt(row) == b.longAt(row);
  }
}
