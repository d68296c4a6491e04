package colonnade.engine.csv;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Values of one width outside the heap, as many as needed. Not thread-safe. */
final class FixedBlock {
  /** Few: a file may have thousands of columns, each with blocks of its own. */
  private static final int FIRST_ROWS = 64;

  private final int width;
  private final Arena arena;
  private final NumberBytes numbers = new NumberBytes();
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
    numbers.store(source, values, width, row, count);
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
