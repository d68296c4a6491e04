package colonnade.engine.store;

import java.lang.foreign.MemorySegment;

/**
 * Brings parts of mapped files into memory before they are read. With native access the system
 * reads and maps them in one call, in huge pages where it can; else by what the JDK offers: advice
 * to the system, then a touch of each page. Safe for all threads.
 */
final class ReadAhead {
  private static final int SPOTS = 16;
  private static final long PAGE_BYTES = 4096;

  private ReadAhead() {}

  /** Whether some of {@code SPOTS} pages spread over the mapping are not in memory. */
  static boolean isOnDisk(MemorySegment mapping) {
    long size = mapping.byteSize();
    for (int i = 0; i < SPOTS && size > 0; i++) {
      if (!isLoaded(mapping, size / SPOTS * i)) {
        return true;
      }
    }
    return false;
  }

  /** Reads bytes {@code [from, to)}, unless they seem to be in memory. */
  static void load(MemorySegment mapping, long from, long to) {
    if (from < to
        && !(isLoaded(mapping, from)
            && isLoaded(mapping, from + (to - from) / 2)
            && isLoaded(mapping, to - 1))) {
      if (!MemoryAdvice.POPULATE.of(mapping, from, to)) {
        mapping.asSlice(from, to - from).load();
      }
    }
  }

  private static boolean isLoaded(MemorySegment mapping, long at) {
    long page = at & -PAGE_BYTES;
    return mapping.asSlice(page, Math.min(PAGE_BYTES, mapping.byteSize() - page)).isLoaded();
  }
}
