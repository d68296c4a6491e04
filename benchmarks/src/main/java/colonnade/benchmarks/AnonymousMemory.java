package colonnade.benchmarks;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Samples the resident anonymous memory of this process ({@code RssAnon}) every few milliseconds
 * from a thread of its own. Linux only.
 */
final class AnonymousMemory {
  private static final long INTERVAL_MILLIS = 5;

  private final AtomicLong peakBytes = new AtomicLong();

  private AnonymousMemory() {}

  static AnonymousMemory start() {
    AnonymousMemory memory = new AnonymousMemory();
    Thread sampler =
        new Thread(() -> {
          try {
            while (true) {
              memory.sample();
              Thread.sleep(INTERVAL_MILLIS);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    sampler.setDaemon(true);
    sampler.start();
    return memory;
  }

  /** The most bytes seen so far. */
  long peakBytes() {
    sample();
    return peakBytes.get();
  }

  private void sample() {
    String kilobytes = Machine.field("/proc/self/status", "RssAnon", "0").replaceAll("\\D", "");
    peakBytes.accumulateAndGet(Long.parseLong(kilobytes) * 1024, Math::max);
  }
}
