package colonnade.engine.store;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The memory of the machine, or of the container the process runs in. Safe for all threads. */
public final class PhysicalMemory {
  /** Asked once: the system reads files for the answer, and a fresh JVM loads many classes. */
  private static final FutureTask<Long> ANSWER = new FutureTask<>(PhysicalMemory::ask);

  private PhysicalMemory() {}

  /** Has a thread of its own ask, while the caller does what comes before it has to know. */
  static void askAhead() {
    Thread.ofPlatform().daemon().name("colonnade-ask").start(ANSWER);
  }

  /** Its bytes. */
  public static long bytes() {
    ANSWER.run(); // unless another thread does, or did
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return ANSWER.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static long ask() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Math.max(Runtime.getRuntime().maxMemory(), 1L << 30);
  }
}
