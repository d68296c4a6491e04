package colonnade.engine.exec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Copies values of listed rows to consecutive places. */
final class Gather {
  private Gather() {}

  /**
   * Copies the values of {@code width} bytes (1, 2, 4 or 8) of {@code count} listed rows to {@code
   * target}.
   */
  static void rows(
      MemorySegment source,
      long offset,
      int width,
      int[] rows,
      int count,
      MemorySegment target,
      long targetOffset) {
    switch (width) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          target.set(JAVA_BYTE, targetOffset + i, source.get(JAVA_BYTE, offset + rows[i]));
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          target.set(
              JAVA_SHORT_UNALIGNED,
              targetOffset + 2L * i,
              source.get(JAVA_SHORT_UNALIGNED, offset + 2L * rows[i]));
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          target.set(
              JAVA_INT_UNALIGNED,
              targetOffset + 4L * i,
              source.get(JAVA_INT_UNALIGNED, offset + 4L * rows[i]));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          target.set(
              JAVA_LONG_UNALIGNED,
              targetOffset + 8L * i,
              source.get(JAVA_LONG_UNALIGNED, offset + 8L * rows[i]));
        }
      }
    }
  }
}
