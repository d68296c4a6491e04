package colonnade.benchmarks.measure;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Samples the resident anonymous memory of a process every few milliseconds from a thread of its
 * own, until it is closed.
 */
public final class MemoryWatch implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 5;

  private final ProcessMeter meter;
  private final long firstBytes;
  private final AtomicLong peakBytes = new AtomicLong();
  private final Thread sampler = new Thread(this::run, "memory-watch");

  private MemoryWatch(ProcessMeter meter) {
    this.meter = meter;
    this.firstBytes = meter.anonymousBytes();
  }

  /** Begins to watch. */
  public static MemoryWatch start(ProcessMeter meter) {
    MemoryWatch watch = new MemoryWatch(meter);
    watch.sampler.setDaemon(true);
    watch.sampler.start();
    return watch;
  }

  private void run() {
    try {
      while (true) {
        sample();
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sample() {
    peakBytes.accumulateAndGet(meter.anonymousBytes(), Math::max);
  }

  /** The most bytes seen so far. */
  public long peakBytes() {
    sample();
    return peakBytes.get();
  }

  /** The most bytes seen so far beyond those at the start. */
  public long grownBytes() {
    return Math.max(0, peakBytes() - firstBytes);
  }

  @Override
  public void close() {
    sampler.interrupt();
  }
}
