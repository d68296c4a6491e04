package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Compares two columns of one type row by row, whatever their encodings. Stateless. */
public final class RowComparison {
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

  /**
   * A bit for each of {@code count} rows from {@code firstRow}, a multiple of 8, on: set where they
   * differ. Values differ in their bits, but one NaN is like another; a null is like a null.
   */
  public static MemorySegment differing(
      MappedColumn first, MappedColumn second, long firstRow, int count, Arena arena) {
    MemorySegment bits = arena.allocate((count + 63L) / 64 * 8, 64);
    for (int from = 0; from < count; from += WINDOW_ROWS) {
      int n = Math.min(WINDOW_ROWS, count - from);
      Vector a = first.vector(firstRow + from, n);
      Vector b = second.vector(firstRow + from, n);
      for (int i = 0; i < n; i++) {
        if (!isSame(a, b, i)) {
          long at = from + i >> 3;
          bits.set(JAVA_BYTE, at, (byte) (bits.get(JAVA_BYTE, at) | 1 << (from + i & 7)));
        }
      }
    }
    return bits;
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
