package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** The bits of a value of fixed width as the lowest bits of a long, the others zero. */
final class FixedBits {
  private FixedBits() {}

  static long get(MemorySegment data, long at, int widthBytes) {
    return switch (widthBytes) {
      case 1 -> data.get(JAVA_BYTE, at) & 0xff;
      case 2 -> data.get(Layouts.SHORT, at) & 0xffff;
      case 4 -> data.get(Layouts.INT, at) & 0xffff_ffffL;
      default -> data.get(Layouts.LONG, at);
    };
  }

  static void set(MemorySegment data, long at, int widthBytes, long bits) {
    switch (widthBytes) {
      case 1 -> data.set(JAVA_BYTE, at, (byte) bits);
      case 2 -> data.set(Layouts.SHORT, at, (short) bits);
      case 4 -> data.set(Layouts.INT, at, (int) bits);
      default -> data.set(Layouts.LONG, at, bits);
    }
  }

  /** Makes all values in {@code data} the same. */
  static void fill(MemorySegment data, int widthBytes, long bits) {
    for (long at = 0; at < data.byteSize(); at += widthBytes) {
      set(data, at, widthBytes, bits);
    }
  }
}
