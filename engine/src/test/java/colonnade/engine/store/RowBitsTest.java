package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Validity at any row, of any length, and without a read past its end. */
class RowBitsTest {
  private static final long SEED = Long.getLong("seed", 20_256);

  @Test
  void agreesWithABitSetAtEveryOffsetAndLength() {
    var random = new SplittableRandom(SEED);
    RowBits bits = new RowBits(300);
    for (int from = 0; from < 20; from++) {
      for (int count = 0; count <= 200; count++) {
        BitSet model = new BitSet();
        int rowCount = from + count;
        try (Arena arena = Arena.ofConfined()) {
          // One byte of garbage in front; nothing behind, so that a read too far fails.
          MemorySegment validity = arena.allocate(1 + (rowCount + 7) / 8, 1);
          validity.fill((byte) 0);
          boolean dense = random.nextBoolean();
          for (int i = 0; i < rowCount; i++) {
            if (random.nextInt(10) > (dense ? 0 : 8)) {
              model.set(i);
              long at = 1 + (i >> 3);
              byte old = validity.get(ValueLayout.JAVA_BYTE, at);
              validity.set(ValueLayout.JAVA_BYTE, at, (byte) (old | 1 << (i & 7)));
            }
          }
          bits.load(Vector.fixed(DataType.I8, validity, 0, validity, 1), from, count);
        }
        BitSet expected = model.get(from, rowCount);
        assertThat(bits.count()).isEqualTo(count);
        assertThat(bits.nullCount()).as("seed %d", SEED).isEqualTo(count - expected.cardinality());
        for (int i = 0; i < count; i++) {
          assertThat(bits.isPresent(i)).isEqualTo(expected.get(i));
          assertThat(bits.nextNull(i)).isEqualTo(Math.min(count, expected.nextClearBit(i)));
          int next = expected.nextSetBit(i);
          assertThat(bits.nextPresent(i)).isEqualTo(next < 0 ? count : next);
        }
      }
    }
  }
}
