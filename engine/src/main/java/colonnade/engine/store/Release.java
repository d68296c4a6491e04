package colonnade.engine.store;

import java.lang.foreign.MemorySegment;

/**
 * Tells the system that parts of mapped files will not be needed soon, so that it gives up those
 * pages before others; they stay readable, and stay in memory while nobody needs the space. Does
 * nothing where {@link MemoryAdvice} does. Safe for all threads.
 */
final class Release {
  private static final long PAGE_BYTES = 4096;

  private Release() {}

  /** Lets go of the whole pages within bytes {@code [from, to)} of a mapping; true if told. */
  static boolean letGo(MemorySegment mapping, long from, long to) {
    return MemoryAdvice.COLD.of(mapping, from + PAGE_BYTES - 1 & -PAGE_BYTES, to & -PAGE_BYTES);
  }
}
