package colonnade.engine.kernel;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of loops share: memory, and random numbers that {@code -Dseed=} repeats. */
abstract class LoopTest {
  private static final long SEED = Long.getLong("seed", 25_001);

  Arena arena = Arena.ofConfined();
  SplittableRandom random = new SplittableRandom(SEED);

  @BeforeEach
  void openMemory() {
    arena = Arena.ofConfined();
    random = new SplittableRandom(SEED);
  }

  @AfterEach
  void closeMemory() {
    arena.close();
  }

  /** Names the case in a failure. */
  static String at(Object what, int size) {
    return what + " of " + size + " rows, -Dseed=" + SEED;
  }
}
