package colonnade.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Scratch for one training: a batch of made-up values. Belongs to one thread. */
final class TrainingBatch {
  /** Rows of a full batch of a query. */
  static final int ROWS = 4096;

  final MemorySegment a;
  final MemorySegment b;
  final MemorySegment out;
  final int[] rows = new int[ROWS];
  final long[] words = new long[ROWS / 64];
  final long[] half = new long[ROWS / 64];
  final double[] sums = new double[Accumulators.COUNT];
  final double[] squares = new double[Accumulators.COUNT];
  final long[] total = new long[2];

  private double taken;

  TrainingBatch(Arena arena) {
    long bytes = 8L * ROWS;
    a = arena.allocate(bytes, 64);
    b = arena.allocate(bytes, 64);
    out = arena.allocate(bytes, 64);
    var random = new SplittableRandom(1);
    for (int i = 0; i < ROWS; i++) {
      a.set(Layouts.F64, 8L * i, random.nextDouble(-2, 2));
      b.set(Layouts.F64, 8L * i, random.nextDouble(-2, 2));
    }
    for (int w = 0; w < half.length; w++) {
      half[w] = random.nextLong();
    }
  }

  /** Takes a result, so that no loop can be optimised away. */
  void take(double result) {
    taken += result;
  }

  double taken() {
    return taken;
  }
}
