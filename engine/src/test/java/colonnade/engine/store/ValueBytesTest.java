package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bytes of texts that lie there as codes, against the lengths of the texts one by one. */
class ValueBytesTest {
  private final SplittableRandom random = new SplittableRandom(20_261_201L);

  @Test
  void addsUpTheTextsThatCodesStandFor() {
    try (Arena arena = Arena.ofConfined()) {
      for (int size : new int[] {1, 256, 257, 65_536, 65_537}) {
        for (int count : new int[] {0, 1, 9, 1000}) {
          check(size, count, false, arena);
          check(size, count, true, arena);
        }
      }
    }
  }

  private void check(int size, int count, boolean nulls, Arena arena) {
    MemorySegment offsets = arena.allocate(8L * (size + 1), 8);
    long end = 0;
    for (int i = 0; i < size; i++) {
      end += random.nextInt(5);
      offsets.set(Layouts.LONG, 8L * (i + 1), end);
    }
    Dictionary entries = new Dictionary(DataType.UTF8, size, offsets, arena.allocate(end + 1));
    int width = Dictionary.codeWidthBytes(size);
    MemorySegment codes = arena.allocate((count + 1L) * width, 8);
    MemorySegment bits = arena.allocate(count / 8 + 2L);
    long expected = 0;
    for (int i = 0; i < count; i++) {
      boolean isNull = nulls && random.nextInt(3) == 0;
      // The last codes are those whose upper bits are set.
      int code = random.nextBoolean() ? size - 1 : random.nextInt(size);
      FixedBits.set(codes, (i + 1L) * width, width, isNull ? -1 : code);
      if (!isNull) {
        byte others = bits.get(JAVA_BYTE, 1 + (i >> 3));
        bits.set(JAVA_BYTE, 1 + (i >> 3), (byte) (others | 1 << (i & 7)));
        expected += entries.length(code);
      }
    }
    Vector vector = Vector.coded(entries, width, codes, width, nulls ? bits : null, 1);
    assertThat(ValueBytes.of(vector, count))
        .as("%s codes of %s entries", count, size)
        .isEqualTo(expected);
  }
}
