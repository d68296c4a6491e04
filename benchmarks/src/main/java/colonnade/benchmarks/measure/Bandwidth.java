package colonnade.benchmarks.measure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How fast the machine's memory is read by plain loops: what no scan can pass. In Java, and by a C
 * program with the processor's widest vectors where there is a compiler.
 */
public final class Bandwidth {
  private static final int REPEATS = 9;

  private Bandwidth() {}

  /** Bytes per second of a Java loop over native memory, the best of some runs. */
  public static double java(int threads, long bytesPerThread) throws Exception {
    try (Arena arena = Arena.ofShared();
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      MemorySegment[] parts = new MemorySegment[threads];
      for (int t = 0; t < threads; t++) {
        parts[t] = arena.allocate(bytesPerThread, 64).fill((byte) 1);
      }
      double best = 0;
      for (int i = 0; i < 2 * REPEATS; i++) {
        long start = System.nanoTime();
        var sums =
            pool.invokeAll(
                java.util.Arrays.stream(parts)
                    .map(part -> (Callable<Long>) () -> sum(part))
                    .toList());
        for (var sum : sums) {
          if (sum.get() == 0) {
            throw new IllegalStateException("memory lost its values");
          }
        }
        best = Math.max(best, threads * bytesPerThread / ((System.nanoTime() - start) / 1e9));
      }
      return best;
    }
  }

  private static long sum(MemorySegment part) {
    long size = part.byteSize();
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (long at = 0; at < size; at += 64) {
      a += part.get(ValueLayout.JAVA_LONG, at) + part.get(ValueLayout.JAVA_LONG, at + 32);
      b += part.get(ValueLayout.JAVA_LONG, at + 8) + part.get(ValueLayout.JAVA_LONG, at + 40);
      c += part.get(ValueLayout.JAVA_LONG, at + 16) + part.get(ValueLayout.JAVA_LONG, at + 48);
      d += part.get(ValueLayout.JAVA_LONG, at + 24) + part.get(ValueLayout.JAVA_LONG, at + 56);
    }
    return a + b + c + d;
  }

  /** Bytes per second of the C program; empty where it cannot be compiled. */
  public static Optional<Double> c(Path directory, int threads, long bytesPerThread) {
    Path source = directory.resolve("bandwidth.c");
    Path program = directory.resolve("bandwidth");
    try (InputStream text = Bandwidth.class.getResourceAsStream("bandwidth.c")) {
      Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
      String compiled =
          Command.run(
              "gcc",
              "-O3",
              "-march=native",
              "-pthread",
              "-o",
              program.toString(),
              source.toString());
      String bytesPerSecond =
          Command.run(
              program.toString(),
              Integer.toString(threads),
              Long.toString(bytesPerThread),
              "" + REPEATS);
      return compiled.isBlank()
          ? Optional.of(Double.parseDouble(bytesPerSecond.strip()))
          : Optional.empty();
    } catch (IOException | InterruptedException e) {
      return Optional.empty();
    }
  }
}
