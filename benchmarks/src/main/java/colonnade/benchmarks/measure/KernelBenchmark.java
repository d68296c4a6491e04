package colonnade.benchmarks.measure;

import colonnade.engine.exec.Sizes;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.kernel.ListKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Single kernels on one batch in cache, scalar beside SIMD: nanoseconds per call of 4,096 rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {
  private static final int ROWS = Sizes.BATCH_ROWS;

  /** Which implementation. */
  @Param({"scalar", "simd"})
  public String kind;

  private final Arena arena = Arena.ofShared();
  private final double[] sums = new double[16];
  private final long[] words = new long[ROWS / 64];
  private final int[] rows = new int[ROWS + ListKernels.ROOM];
  private final byte[] table = new byte[256];
  private final long[] half = new long[ROWS / 64];
  private Kernels kernels;
  private MemorySegment values;
  private MemorySegment result;

  /** Fills a batch with seeded values from 0 to 1. */
  @Setup
  public void setUp() {
    kernels =
        kind.equals("simd")
            ? Kernels.simd()
                .orElseThrow(() -> new IllegalStateException("no Vector API in this JVM"))
            : Kernels.scalar();
    values = arena.allocate(8L * ROWS, 64);
    result = arena.allocate(8L * ROWS, 64);
    SplittableRandom random = new SplittableRandom(1);
    for (int w = 0; w < half.length; w++) {
      half[w] = random.nextLong();
    }
    for (int code = 0; code < table.length; code += 3) {
      table[code] = 1;
    }
    for (int i = 0; i < ROWS; i++) {
      values.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8L * i, random.nextDouble());
    }
  }

  /** Frees the batch. */
  @TearDown
  public void tearDown() {
    arena.close();
  }

  /** The sum of all rows. */
  @Benchmark
  public double sum() {
    kernels.sumF64(values, 0, null, ROWS, sums);
    return sums[0];
  }

  /** A range as a bitmap. */
  @Benchmark
  public long maskRange() {
    Arrays.fill(words, -1L);
    kernels.maskRangeF64(values, 0, 0.25, 0.5, false, ROWS, words);
    return words[0];
  }

  /** Codes by a table, as a bitmap. */
  @Benchmark
  public long maskCodes() {
    Arrays.fill(words, -1L);
    kernels.maskCodesU8(values, 0, table, ROWS, words);
    return words[0];
  }

  /** A bitmap of every other row as a list. */
  @Benchmark
  public int listRows() {
    return kernels.listRows(half, ROWS, rows);
  }

  /** A range as a list of rows. */
  @Benchmark
  public int selectRange() {
    return kernels.selectRangeF64(values, 0, 0.25, 0.5, false, null, ROWS, rows);
  }
}
