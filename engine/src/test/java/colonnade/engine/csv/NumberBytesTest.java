package colonnade.engine.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Numbers come back as they were, whatever their width and however many there are. */
class NumberBytesTest {
  private static final int[] COUNTS = {0, 1, 7, 2047, 2048, 2049, 5000};
  private static final int[] WIDTHS = {1, 2, 4, 8};

  private final NumberBytes numbers = new NumberBytes();

  @Test
  void giveBackWhatTheyTook() {
    for (int width : WIDTHS) {
      for (int count : COUNTS) {
        long[] source = edges(width, count);
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment memory = arena.allocate((long) width * (count + 2), 8);
          memory.fill((byte) 0x55);
          numbers.store(source, memory, width, 1, count);
          long[] target = new long[count + 1];
          target[count] = 17;
          numbers.load(memory, width, 1, target, count);
          assertThat(Arrays.copyOf(target, count)).isEqualTo(source);
          assertThat(target[count]).as("the one behind").isEqualTo(17);
          long around = 0x5555555555555555L >> 64 - 8 * width;
          numbers.load(memory, width, 0, target, 1);
          assertThat(target[0]).as("the number before").isEqualTo(around);
          numbers.load(memory, width, count + 1L, target, 1);
          assertThat(target[0]).as("the number behind").isEqualTo(around);
        }
      }
    }
  }

  @Test
  void becomeAsNarrowAsTheirSignsAllow() {
    for (int width : WIDTHS) {
      for (int narrow : WIDTHS) {
        for (int count : COUNTS) {
          if (narrow <= width && count > 0) {
            check(width, narrow, count);
          }
        }
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      assertThat(numbers.narrowest(arena.allocate(8), 8, 0)).as("none").isEqualTo(1);
    }
  }

  /** Numbers of which only the last needs {@code narrow} bytes. */
  private void check(int width, int narrow, int count) {
    for (long last : edges(narrow, 2)) {
      long[] source = new long[count];
      Arrays.setAll(source, i -> i % 100 - 50);
      source[count - 1] = last;
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment wide = arena.allocate((long) width * count, 8);
        numbers.store(source, wide, width, 0, count);
        assertThat(numbers.narrowest(wide, width, count)).isEqualTo(narrow);
        MemorySegment target = arena.allocate((long) narrow * count, 8);
        numbers.copy(wide, width, target, narrow, count);
        long[] back = new long[count];
        numbers.load(target, narrow, 0, back, count);
        assertThat(back).isEqualTo(source);
      }
    }
  }

  /** The least and the greatest number of a width, and those that need just as many bytes. */
  private static long[] edges(int width, int count) {
    long least = Long.MIN_VALUE >> 64 - 8 * width;
    long[] result = new long[count];
    Arrays.setAll(result, i -> i % 2 == 0 ? least + i % 50 : ~least - i % 50);
    return result;
  }
}
