package colonnade.engine.csv;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Values of one width outside the heap, as many as needed. Not thread-safe. */
final class FixedBlock {
  /** Few: a file may have thousands of columns, each with blocks of its own. */
  private static final int FIRST_ROWS = 64;

  private final int width;
  private final Arena arena;
  private MemorySegment values;

  FixedBlock(int widthBytes, Arena arena) {
    this.width = widthBytes;
    this.arena = arena;
    this.values = arena.allocate((long) FIRST_ROWS * width, 64);
  }

  /** The values. */
  MemorySegment segment() {
    return values;
  }

  /** Puts the low bytes of {@code count} values from row {@code row} on. */
  void put(long[] source, int row, int count) {
    reserve(row, count);
    switch (width) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          values.set(JAVA_BYTE, row + i, (byte) source[i]);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          values.setAtIndex(JAVA_SHORT, row + i, (short) source[i]);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          values.setAtIndex(JAVA_INT, row + i, (int) source[i]);
        }
      }
      default -> MemorySegment.copy(source, 0, values, JAVA_LONG, 8L * row, count);
    }
  }

  private void reserve(int row, int count) {
    long needed = (long) (row + count) * width;
    if (needed > values.byteSize()) {
      MemorySegment larger = arena.allocate(Math.max(needed, 2 * values.byteSize()), 64);
      MemorySegment.copy(values, 0, larger, 0, (long) row * width);
      values = larger;
    }
  }
}
