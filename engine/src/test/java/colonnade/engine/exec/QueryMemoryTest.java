package colonnade.engine.exec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.error.MemoryBudgetException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryMemoryTest {
  private static final long[] SIZES = {
    0, 1, 63, 65_535, 65_536, 65_537, 1 << 20, (8 << 20) - 1, 8 << 20, (8 << 20) + 1, 20 << 20
  };

  @Test
  void givesZeroedAlignedPiecesThatDoNotOverlapAlsoWhenUsedBefore() {
    for (int round = 0; round < 3; round++) {
      try (QueryMemory memory = new QueryMemory(1 << 30)) {
        try (QueryMemory.Region region = memory.region()) {
          List<MemorySegment> pieces = new ArrayList<>();
          long bytes = 0;
          for (long size : SIZES) {
            for (int twice = 0; twice < 2; twice++) {
              MemorySegment piece = region.allocate(size);
              assertThat(piece.byteSize()).isEqualTo(Math.max(size, 1));
              assertThat(piece.address() % 64).isZero();
              for (long at = 0; at < size; at++) {
                if (piece.get(JAVA_BYTE, at) != 0) {
                  throw new AssertionError("byte " + at + " of " + size + " is not zero");
                }
              }
              piece.fill((byte) (pieces.size() + 1));
              pieces.add(piece);
              bytes += size;
            }
          }
          for (int i = 0; i < pieces.size(); i++) {
            MemorySegment piece = pieces.get(i);
            assertThat(piece.get(JAVA_BYTE, 0)).isEqualTo((byte) (i + 1));
            assertThat(piece.get(JAVA_BYTE, piece.byteSize() - 1)).isEqualTo((byte) (i + 1));
          }
          assertThat(memory.usedBytes()).isEqualTo(bytes);
        }
        assertThat(memory.usedBytes()).isZero();
      }
    }
  }

  @Test
  void refusesToReadWhatItsRegionGaveBack() {
    try (QueryMemory memory = new QueryMemory(1 << 30)) {
      for (long size : SIZES) {
        MemorySegment piece;
        try (QueryMemory.Region region = memory.region()) {
          region.allocate(4096);
          piece = region.allocate(size);
        }
        if (size > 0) {
          assertThatThrownBy(() -> piece.get(JAVA_BYTE, 0))
              .isInstanceOf(IllegalStateException.class);
        }
      }
    }
  }

  @Test
  void leavesTheFirstFewBytesOfARegionToTheGarbageCollector() {
    try (QueryMemory memory = new QueryMemory(1 << 30)) {
      QueryMemory.Region region = memory.region();
      MemorySegment few = region.allocate(4000);
      MemorySegment more = region.allocate(97);
      few.fill((byte) 7);
      region.close();
      assertThat(memory.usedBytes()).isZero();
      System.gc();
      assertThat(few.get(JAVA_BYTE, 3999)).isEqualTo((byte) 7);
      assertThatThrownBy(() -> more.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> region.allocate(1)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void countsWhatItGivesAgainstTheLimit() {
    try (QueryMemory memory = new QueryMemory(1 << 20)) {
      memory.allocate(1 << 19);
      assertThatThrownBy(() -> memory.allocate((1 << 19) + 1))
          .isInstanceOf(MemoryBudgetException.class);
      assertThat(memory.usedBytes()).isEqualTo(1 << 19);
    }
  }

  @Test
  void keepsSlabsUpToItsBoundAndReleasesThem() {
    Slabs slabs = Slabs.keeping(2);
    assumeTrue(slabs != null, "no slabs: no native access, or not Linux");
    try (Arena arena = Arena.ofConfined()) {
      List<Slabs.Slab> taken = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Slabs.Slab slab = slabs.take();
        slab.next(Slabs.SLAB_BYTES, arena).fill((byte) 1);
        assertThat(slab.freeBytes()).isZero();
        taken.add(slab);
      }
      assertThat(slabs.keptCount()).isZero();
      taken.forEach(slabs::giveBack);
      assertThat(slabs.keptCount()).isEqualTo(2);
      Slabs.Slab again = slabs.take();
      assertThat(again.freeBytes()).isEqualTo(Slabs.SLAB_BYTES);
      assertThat(again.next(64, arena).get(JAVA_BYTE, 63)).isZero();
      assertThat(again.next(Slabs.SLAB_BYTES - 64, arena).get(JAVA_BYTE, 0)).isZero();
      slabs.giveBack(again);
      slabs.release();
      assertThat(slabs.keptCount()).isZero();
    }
  }
}
