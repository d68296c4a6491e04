package colonnade.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Scratch for one training: a batch of made-up values, and one of mapped memory where there is
 * some. Belongs to one thread.
 */
final class TrainingBatch {
  /** Rows of a full batch of a query. */
  static final int ROWS = 4096;

  /** Bytes of the widest column of a batch. */
  static final long BYTES = 8L * ROWS;

  final MemorySegment out;
  final int[] rows = new int[ROWS];
  final int[] list = new int[ROWS + ListKernels.ROOM];
  final long[] words = new long[ROWS / 64];
  final long[] half = new long[ROWS / 64];
  final double[] sums = new double[Accumulators.COUNT];
  final double[] blockSums = new double[Accumulators.STREAMS * Accumulators.COUNT];
  final double[] squares = new double[Accumulators.COUNT];
  final long[] total = new long[2];
  final byte[] table = new byte[256];
  final long[] feeds = new long[ROWS / 64];
  final byte[] text = new byte[ROWS];
  final byte[] wanted = {'w', 'a', 'n', 't', 'e', 'd'};

  /** What the next call reads; see {@link #vary}. */
  MemorySegment a;

  MemorySegment b;
  int n;
  boolean negate;

  private final MemorySegment own;
  private final MemorySegment mapped;
  private double taken;

  /** A batch in {@code arena}; {@code sample} has {@code 2 * BYTES} bytes, if there is one. */
  TrainingBatch(Arena arena, @Nullable MemorySegment sample) {
    own = arena.allocate(2 * BYTES, 64);
    out = arena.allocate(BYTES, 64);
    var random = new SplittableRandom(1);
    for (int i = 0; i < 2 * ROWS; i++) {
      own.set(Layouts.F64, 8L * i, random.nextDouble(-2, 2));
    }
    for (int w = 0; w < half.length; w++) {
      half[w] = random.nextLong();
    }
    for (int code = 0; code < table.length; code += 3) {
      table[code] = 1;
    }
    for (int i = 0; i < ROWS; i++) {
      text[i] = (byte) (i % 57 == 56 ? '\n' : i % 7 == 6 ? ',' : '0' + i % 10);
    }
    mapped = sample == null ? own : sample;
    a = own;
    b = own;
    vary(0, true);
  }

  /**
   * Sets what the next call reads: mapped memory or memory of an arena, now and then a batch with a
   * partial last word, and the test as it is or negated. What is never trained is left out of the
   * compiled loop, and the loop is thrown away when a query needs it.
   */
  void vary(int call, boolean onlyMapped) {
    MemorySegment memory = onlyMapped || (call & 1) == 0 ? mapped : own;
    a = memory.asSlice(0, BYTES);
    b = memory.asSlice(BYTES, BYTES);
    n = (call & 7) < 6 ? ROWS : ROWS - 27;
    negate = (call & 2) != 0;
  }

  /** Takes a result, so that no loop can be optimised away. */
  void take(double result) {
    taken += result;
  }

  double taken() {
    return taken;
  }
}
