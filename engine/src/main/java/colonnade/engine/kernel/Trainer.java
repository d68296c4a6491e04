package colonnade.engine.kernel;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs SIMD loops on scratch memory until they are compiled, compares each with its scalar twin,
 * and puts it into use if it is faster. One daemon thread of low priority, which ends when there is
 * nothing to do; nobody waits for it.
 *
 * <p>Measured on 2 cores with 512 bits: a loop is compiled after 220 to 880 calls, 60 to 210 ms.
 */
final class Trainer {
  private static final int CALLS_PER_ROUND = 32;

  /** A twin that is not ahead after this long and this many rounds has failed for now. */
  private static final long LIMIT_NANOS = 1_500_000_000L;

  /**
   * A twin that fails is tried again after all others, so often: on a machine with much other work
   * the compiler may not have come to it in time. Then it has to be asked for again.
   */
  private static final int ATTEMPTS = 5;

  /**
   * Training begins so long after it was first asked for, so that the first query of a JVM and its
   * own compilation have the cores to themselves. Measured by the benchmark {@code first-query}.
   */
  private static final long DELAY_NANOS = 600_000_000L;

  /**
   * A loop that takes longer for a batch, 5 ns a row, is not compiled yet: its scalar twin may only
   * wait for the compiler too, and is then used by no query in that form.
   */
  private static final long COMPILED_NANOS = 5L * TrainingBatch.ROWS;

  private static final int LIMIT_ROUNDS = 100;
  private static final int ROUNDS_AHEAD = 3;
  private static final long MAX_PAUSE_NANOS = 10_000_000L;
  private static final Set<Twin> REQUESTED =
      Collections.synchronizedSet(EnumSet.noneOf(Twin.class));
  private static final ThreadPoolExecutor EXECUTOR =
      new ThreadPoolExecutor(
          0, 1, 2, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Trainer::newThread);

  private static volatile @Nullable MappedSample mappedSample;

  private Trainer() {}

  /** Where training gets mapped memory from; the last one set counts. */
  static void useSample(MappedSample sample) {
    mappedSample = sample;
  }

  /**
   * Asks for the training of {@code twin}; returns at once, and does nothing while that is under
   * way or has succeeded.
   */
  static void request(Twin twin) {
    if (REQUESTED.add(twin)) {
      enqueue(twin, 1);
    }
  }

  private static void enqueue(Twin twin, int attempt) {
    EXECUTOR.execute(() -> {
      train(twin);
      if (!twin.fast && attempt < ATTEMPTS) {
        enqueue(twin, attempt + 1);
      } else if (!twin.fast) {
        REQUESTED.remove(twin);
        twin.askLater();
      }
    });
  }

  /** Whether {@code twin} waits for its training, or is done with it. */
  static boolean isRequested(Twin twin) {
    return REQUESTED.contains(twin);
  }

  private static Thread newThread(Runnable work) {
    Runnable delayed =
        () -> {
          LockSupport.parkNanos(DELAY_NANOS);
          work.run();
        };
    var thread = new Thread(null, delayed, "colonnade-simd-trainer");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** Trains {@code twin} on this thread. */
  static void train(Twin twin) {
    System.Logger log = System.getLogger("colonnade.kernel");
    Kernels simd;
    try {
      simd = Simd.KERNELS;
    } catch (LinkageError failure) {
      log.log(Level.DEBUG, "no SIMD kernels on this JVM: scalar loops stay in use", failure);
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MappedSample source = mappedSample;
      MemorySegment sample = source == null ? null : source.map(arena, 2 * TrainingBatch.BYTES);
      var batch = new TrainingBatch(arena, sample);
      long start = System.nanoTime();
      long scalarNanos;
      long simdNanos;
      int ahead = 0;
      int rounds = 0;
      do {
        long roundStart = System.nanoTime();
        simdNanos = bestOf(twin, simd, batch, false);
        scalarNanos = bestOf(twin, ScalarKernels.INSTANCE, batch, true);
        ahead = isAhead(simdNanos, scalarNanos) ? ahead + 1 : 0;
        if (ahead == 0) {
          // Leaves half the time to the queries and to the compiler.
          LockSupport.parkNanos(Math.min(System.nanoTime() - roundStart, MAX_PAUSE_NANOS));
        }
        rounds++;
      } while (ahead < ROUNDS_AHEAD
          && (rounds < LIMIT_ROUNDS || System.nanoTime() - start < LIMIT_NANOS));
      twin.fast = ahead > 0;
      log.log(
          Level.DEBUG,
          "{0}: SIMD {1} ns a batch, scalar {2} ns, after {3} ms: {4}",
          twin,
          simdNanos,
          scalarNanos,
          (System.nanoTime() - start) / 1_000_000,
          twin.fast ? "SIMD from now on" : "scalar stays");
    }
  }

  /** Whether a SIMD loop is compiled and takes less for a batch than its scalar twin. */
  static boolean isAhead(long simdNanos, long scalarNanos) {
    return simdNanos < COMPILED_NANOS && simdNanos * 10 < scalarNanos * 9;
  }

  /**
   * The time of the fastest call. The twin reads both kinds of memory; the scalar loop only mapped
   * memory, so that training does not undo what was compiled for queries.
   */
  private static long bestOf(Twin twin, Kernels kernels, TrainingBatch batch, boolean scalar) {
    long best = Long.MAX_VALUE;
    for (int call = 0; call < CALLS_PER_ROUND; call++) {
      batch.vary(call, scalar);
      long start = System.nanoTime();
      twin.run(kernels, batch, scalar);
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }
}
