package colonnade.engine.exec;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import colonnade.error.CorruptColumnException;
import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Copies the dictionaries of result vectors into the result's memory, each once, so that the result
 * outlives the tables it came from. A dictionary with more entries than the result has rows is not
 * worth copying: the texts themselves are. Not thread-safe.
 */
final class DictionaryOwner {
  private final QueryMemory.Region region;
  private final long resultRows;
  private final Map<Dictionary, Dictionary> copies = new IdentityHashMap<>();

  DictionaryOwner(QueryMemory.Region region, long resultRows) {
    this.region = region;
    this.resultRows = resultRows;
  }

  /** {@code vector} of {@code rowCount} rows, referring to memory of the region only. */
  Vector own(Vector vector, int rowCount) {
    Dictionary entries = vector.dictionary();
    if (entries == null) {
      return vector;
    }
    checkCodes(vector, rowCount, entries.size());
    if (entries.size() > resultRows) {
      ColumnBuilder builder = new ColumnBuilder(vector.type(), region);
      builder.plain();
      builder.append(vector, 0, rowCount);
      return builder.vector(0);
    }
    Dictionary copy = copies.computeIfAbsent(entries, this::copy);
    return Vector.coded(
        copy,
        vector.codeWidthBytes(),
        vector.data(),
        vector.dataOffset(),
        vector.validity(),
        vector.validityOffset());
  }

  /** A scan that only hands codes on has not looked at them. */
  private static void checkCodes(Vector vector, int rowCount, int size) {
    for (int i = 0; i < rowCount; i++) {
      if (Integer.compareUnsigned(vector.code(i), size) >= 0 && !vector.isNull(i)) {
        throw new CorruptColumnException(
            "a column of " + vector.type(),
            String.format(
                Locale.ROOT,
                "a row of the result has code %s, but its dictionary has %,d entries",
                Integer.toUnsignedString(vector.code(i)),
                size),
            "Run `colonnade verify` on the tables of the query, and restore them.");
      }
    }
  }

  private Dictionary copy(Dictionary entries) {
    long offsetBytes = 8L * (entries.size() + 1);
    MemorySegment offsets = region.allocate(offsetBytes);
    MemorySegment.copy(entries.offsets(), 0, offsets, 0, offsetBytes);
    long byteCount = offsets.get(JAVA_LONG_UNALIGNED, 8L * entries.size());
    MemorySegment bytes = region.allocate(byteCount);
    MemorySegment.copy(entries.bytes(), 0, bytes, 0, byteCount);
    return new Dictionary(entries.type(), entries.size(), offsets, bytes);
  }
}
