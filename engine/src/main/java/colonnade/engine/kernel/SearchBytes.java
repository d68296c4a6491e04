package colonnade.engine.kernel;

import java.lang.foreign.MemorySegment;

/** What all searches for bytes share: eight bytes in a word, and the test of one place. */
public final class SearchBytes {
  /** A one in each byte. */
  static final long ONES = 0x0101010101010101L;

  /** The highest bit of each byte. */
  static final long HIGH_BITS = 0x8080808080808080L;

  private SearchBytes() {}

  /** Whether {@code bytes} has {@code wanted} at {@code at}. */
  public static boolean isAt(MemorySegment bytes, long at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes.get(Layouts.I8, at + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
