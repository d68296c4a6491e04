package colonnade.engine.store.array;

import colonnade.error.InvalidQueryException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Stores values at many places at once, in the order of the file: all are staged, checked and
 * sorted first, so that each page is touched once. In random order, with a few flushes between, the
 * same stores can write a thousand times as much to the device.
 */
public final class ScatteredStores {
  private ScatteredStores() {}

  /**
   * Stores {@code values[i]} in the {@code indices[i]}-th element in row-major order; of several
   * for one element the last stays.
   */
  public static void put(ArrayView view, long[] indices, double[] values) {
    checkIndices(view, indices, values.length);
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Ranges.bits(view.elements().type(), values[i], view.place());
    }
    store(view, indices, bits);
  }

  /**
   * Stores {@code values[i]} in the {@code indices[i]}-th element in row-major order; of several
   * for one element the last stays.
   */
  public static void put(ArrayView view, long[] indices, long[] values) {
    checkIndices(view, indices, values.length);
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Ranges.bits(view.elements().type(), values[i], view.place());
    }
    store(view, indices, bits);
  }

  private static void checkIndices(ArrayView view, long[] indices, int valueCount) {
    if (indices.length != valueCount) {
      throw new InvalidQueryException(
          view.place(),
          indices.length + " indices for " + valueCount + " values",
          "Give one index for each value.");
    }
    long elementCount = view.region().elementCount();
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= elementCount) {
        throw new InvalidQueryException(
            view.place(),
            "index "
                + indices[i]
                + " (number "
                + i
                + ") is outside the "
                + elementCount
                + " elements of shape "
                + view.region(),
            "Elements count from 0 in row-major order. Nothing was written.");
      }
    }
  }

  private static void store(ArrayView view, long[] indices, long[] bits) {
    Elements elements = view.elements();
    Region region = view.region();
    ArrayFile file = view.file();
    MemorySegment bytes = file.writableBytes();
    int count = indices.length;
    // A key is position times count plus order of arrival, so that one sort of longs keeps later
    // values behind earlier ones.
    // Where that product is too large for a long, the stores go in several rounds.
    int round = (int) Math.min(count, Long.MAX_VALUE / Math.max(1, region.end()));
    for (int first = 0; first < count; first += round) {
      int size = Math.min(round, count - first);
      long[] keys = new long[size];
      for (int i = 0; i < size; i++) {
        keys[i] = region.positionOfOrdinal(indices[first + i]) * size + i;
      }
      Arrays.sort(keys);
      try {
        for (long key : keys) {
          long at = key / size * elements.width();
          elements.putLong(bytes, at, bits[first + (int) (key % size)]);
          file.wrote(at, at + elements.width(), elements.width());
        }
      } catch (IllegalStateException | InternalError e) {
        throw file.accessFailure(e);
      }
    }
    file.endWrite(count);
  }
}
