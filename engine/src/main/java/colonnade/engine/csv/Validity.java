package colonnade.engine.csv;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;

/** Which rows of a column are null. Not thread-safe. */
final class Validity {
  private final Arena arena;
  private final BitSet nulls = new BitSet();
  private MemorySegment bits = MemorySegment.NULL;

  Validity(Arena arena) {
    this.arena = arena;
  }

  void clear() {
    nulls.clear();
  }

  void setNull(int row) {
    nulls.set(row);
  }

  /** Says that the rows {@code [from, to)} are null. */
  void setNulls(int from, int to) {
    nulls.set(from, to);
  }

  /** Forgets what was set from {@code rows} on that is not to be kept. */
  void cut(int rows) {
    nulls.clear(rows, Integer.MAX_VALUE);
  }

  boolean hasNulls() {
    return !nulls.isEmpty();
  }

  /** A bit for each of {@code rows} rows, set where it is present; valid until the next call. */
  MemorySegment toSegment(int rows) {
    int words = (rows + 63) >> 6;
    if (bits.byteSize() < 8L * words) {
      bits = arena.allocate(8L * Math.max(1024, words), 64);
    }
    long[] set = nulls.toLongArray();
    for (int w = 0; w < words; w++) {
      bits.setAtIndex(ValueLayout.JAVA_LONG, w, w < set.length ? ~set[w] : -1L);
    }
    return bits;
  }
}
