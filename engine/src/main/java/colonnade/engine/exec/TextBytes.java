package colonnade.engine.exec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Copies the bytes of one text, most of which are short. */
final class TextBytes {
  /** From here on the call of a bulk copy costs less than a loop. */
  private static final int LONG_TEXT_BYTES = 128;

  private TextBytes() {}

  /** Copies words, and a last one that may repeat bytes of the one before. */
  static void copy(MemorySegment source, long from, long length, MemorySegment target, long to) {
    if (length > LONG_TEXT_BYTES) {
      MemorySegment.copy(source, from, target, to, length);
      return;
    }
    if (length < Long.BYTES) {
      for (long i = 0; i < length; i++) {
        target.set(JAVA_BYTE, to + i, source.get(JAVA_BYTE, from + i));
      }
      return;
    }
    long last = length - Long.BYTES;
    for (long i = 0; i < last; i += Long.BYTES) {
      target.set(JAVA_LONG_UNALIGNED, to + i, source.get(JAVA_LONG_UNALIGNED, from + i));
    }
    target.set(JAVA_LONG_UNALIGNED, to + last, source.get(JAVA_LONG_UNALIGNED, from + last));
  }
}
