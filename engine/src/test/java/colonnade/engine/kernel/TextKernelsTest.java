package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextKernelsTest extends LoopTest {
  private static final int[] SIZES = {0, 1, 7, 8, 9, 63, 64, 65, 66, 127, 128, 129, 300, 4096};
  private static final int[] LENGTHS = {1, 2, 3, 7, 8, 9, 16, 65, 130};

  @ParameterizedTest
  @EnumSource
  void findsTheFirstPlaceWhereAllBytesFit(Subject subject) {
    Kernels k = subject.kernels();
    for (int size : SIZES) {
      for (int length : LENGTHS) {
        for (int letters : new int[] {1, 2, 4, 256}) {
          for (int start : new int[] {0, 3}) {
            byte[] text = random(start + size, letters);
            byte[] wanted = random(length, letters);
            if (random.nextBoolean() && length <= size) {
              int from = start + random.nextInt(size - length + 1);
              wanted = Arrays.copyOfRange(text, from, from + length);
            }
            // Nothing behind the end may be read, and nothing found there.
            MemorySegment memory = arena.allocate(text.length, 1);
            MemorySegment.copy(MemorySegment.ofArray(text), 0, memory, 0, text.length);
            for (int to : new int[] {text.length, Math.max(start, text.length - 5)}) {
              assertThat(k.find(memory, start, to, wanted))
                  .as(at(length + " bytes of " + letters + " letters from " + start, size))
                  .isEqualTo(naive(text, start, to, wanted));
            }
          }
        }
      }
    }
  }

  private byte[] random(int length, int letters) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (random.nextInt(letters) - 2);
    }
    return bytes;
  }

  private static long naive(byte[] text, int from, int to, byte[] wanted) {
    for (int at = from; at + wanted.length <= to; at++) {
      if (Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }
}
