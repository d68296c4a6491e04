package colonnade.engine.store;

import colonnade.DataType;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the damage that made a query stumble over rows of a mapped column: codes without an
 * entry, offsets out of order, text that is not UTF-8, values outside the bounds that the manifest
 * states. Scans do not look for these themselves. Stateless.
 */
final class RowsCheck {
  private RowsCheck() {}

  /** What is wrong with the rows of {@code window}, or null. */
  static @Nullable String problem(Vector window, long firstRow, int count, ColumnStatistics all) {
    if (window.isCoded()) {
      return codes(window, firstRow, count);
    }
    if (window.offsets() != null) {
      return texts(window, firstRow, count);
    }
    return window.type().isIntegral() && all.hasLongRange()
        ? bounds(window, firstRow, count, all)
        : null;
  }

  private static @Nullable String codes(Vector window, long firstRow, int count) {
    Dictionary dictionary = window.dictionary();
    int size = dictionary == null ? 0 : dictionary.size();
    for (int i = 0; i < count; i++) {
      if (Integer.compareUnsigned(window.code(i), size) >= 0) {
        return String.format(
            Locale.ROOT,
            "row %,d has code %s, but the dictionary has %,d entries",
            firstRow + i,
            Integer.toUnsignedString(window.code(i)),
            size);
      }
    }
    for (int code = 0; dictionary != null && code < size; code++) {
      if (!isText(window.type(), dictionary.bytesOf(code))) {
        return String.format(Locale.ROOT, "dictionary entry %,d is not UTF-8", code);
      }
    }
    return null;
  }

  private static @Nullable String texts(Vector window, long firstRow, int count) {
    long bytes = window.data().byteSize();
    for (int i = 0; i < count; i++) {
      long start = window.start(i);
      long end = window.start(i + 1);
      if (start < 0 || end < start || end > bytes || end - start > Integer.MAX_VALUE - 8) {
        return String.format(
            Locale.ROOT, "row %,d has bytes %,d to %,d of %,d", firstRow + i, start, end, bytes);
      }
      if (!isText(
          window.type(),
          window.data().asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE))) {
        return String.format(Locale.ROOT, "row %,d is not UTF-8", firstRow + i);
      }
    }
    return null;
  }

  private static boolean isText(DataType type, byte[] value) {
    if (type != DataType.UTF8) {
      return true;
    }
    Utf8Check utf8 = new Utf8Check();
    utf8.begin();
    return utf8.take(value, 0, value.length) && utf8.isComplete();
  }

  private static @Nullable String bounds(
      Vector window, long firstRow, int count, ColumnStatistics all) {
    for (int i = 0; i < count; i++) {
      if (!window.isNull(i)) {
        long value = window.longAt(i);
        if (value < all.minLong() || value > all.maxLong()) {
          return String.format(
              Locale.ROOT,
              "row %,d holds %d; the manifest says %d to %d",
              firstRow + i,
              value,
              all.minLong(),
              all.maxLong());
        }
      }
    }
    return null;
  }
}
