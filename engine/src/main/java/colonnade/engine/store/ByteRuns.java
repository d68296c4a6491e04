package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Compares runs of bytes that may lie in mapped files, eight bytes at a time. {@link
 * MemorySegment#mismatch} is not for those: it calls code in which a page that is gone ends the
 * process.
 */
public final class ByteRuns {
  private ByteRuns() {}

  /** The first place at which two runs of {@code length} bytes differ; -1 if there is none. */
  public static long mismatch(
      MemorySegment a, long aStart, MemorySegment b, long bStart, long length) {
    long i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      long differ = a.get(JAVA_LONG_UNALIGNED, aStart + i) ^ b.get(JAVA_LONG_UNALIGNED, bStart + i);
      if (differ != 0) {
        return i + (Long.numberOfTrailingZeros(differ) >>> 3);
      }
    }
    for (; i < length; i++) {
      if (a.get(JAVA_BYTE, aStart + i) != b.get(JAVA_BYTE, bStart + i)) {
        return i;
      }
    }
    return -1;
  }
}
