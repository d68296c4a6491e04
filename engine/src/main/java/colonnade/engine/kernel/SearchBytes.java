package colonnade.engine.kernel;

import java.lang.foreign.MemorySegment;

/** What all searches for bytes share: the test of one place. */
public final class SearchBytes {
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
