package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Compares and copies short runs of bytes that may lie in mapped files, eight bytes at a time.
 * {@link MemorySegment#mismatch} is not for those: it calls code in which a page that is gone ends
 * the process.
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

  /** Copies {@code length} bytes; for runs of some ten bytes faster than a call. */
  public static void copy(
      MemorySegment from, long fromStart, MemorySegment to, long toStart, int length) {
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      to.set(JAVA_LONG_UNALIGNED, toStart + i, from.get(JAVA_LONG_UNALIGNED, fromStart + i));
    }
    if (i + Integer.BYTES <= length) {
      to.set(JAVA_INT_UNALIGNED, toStart + i, from.get(JAVA_INT_UNALIGNED, fromStart + i));
      i += Integer.BYTES;
    }
    for (; i < length; i++) {
      to.set(JAVA_BYTE, toStart + i, from.get(JAVA_BYTE, fromStart + i));
    }
  }
}
