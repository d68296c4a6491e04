package colonnade.engine.store.array;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.ByteRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dirty pages against a plain set of bits. {@code -Dseed=} repeats a run. */
class DirtyPagesTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);
  private static final int PAGE = DirtyPages.PAGE_BYTES;

  @Test
  void coalescesMarksIntoTheFewestRanges() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      int lead = random.nextInt(PAGE);
      long byteCount = 1 + random.nextLong(random.nextBoolean() ? 20L * PAGE : 12_000L * PAGE);
      DirtyPages dirty = new DirtyPages(byteCount, lead);
      BitSet model = new BitSet();
      for (int i = random.nextInt(30); i > 0; i--) {
        long from = random.nextLong(byteCount);
        long to =
            Math.min(
                byteCount,
                from + 1 + random.nextLong(random.nextInt(5) == 0 ? byteCount : 3L * PAGE));
        dirty.mark(from, to, to - from);
        model.set((int) ((from + lead) / PAGE), (int) ((to - 1 + lead) / PAGE) + 1);
      }
      List<ByteRange> expected = new ArrayList<>();
      for (int page = model.nextSetBit(0); page >= 0; ) {
        int end = model.nextClearBit(page);
        expected.add(
            new ByteRange(
                Math.max(0, (long) page * PAGE - lead),
                Math.min(byteCount, (long) end * PAGE - lead)));
        page = model.nextSetBit(end);
      }
      assertThat(dirty.ranges()).as("seed %s round %s", SEED, round).isEqualTo(expected);
      assertThat(dirty.take().ranges()).isEqualTo(expected);
      assertThat(dirty.ranges()).isEmpty();
      dirty.mark(0, 1, 1);
      assertThat(dirty.ranges()).hasSize(1);
    }
  }

  @Test
  void marksTheSamePageAgainAfterItWasTaken() {
    DirtyPages dirty = new DirtyPages(100, 0);
    dirty.mark(5, 6, 1);
    dirty.mark(5, 6, 1);
    assertThat(dirty.take().ranges()).containsExactly(new ByteRange(0, 100));
    dirty.mark(5, 6, 1);
    assertThat(dirty.take().ranges()).containsExactly(new ByteRange(0, 100));
    dirty.mark(7, 7, 0);
    assertThat(dirty.take().ranges()).isEmpty();
  }
}
