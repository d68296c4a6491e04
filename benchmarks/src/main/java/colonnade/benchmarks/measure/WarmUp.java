package colonnade.benchmarks.measure;

import colonnade.benchmarks.Options;

/** Runs a contestant again and again before it is timed, as long as the options say. */
public final class WarmUp {
  private WarmUp() {}

  /** One run; what it returns is not looked at. */
  @FunctionalInterface
  public interface Run {
    /** Runs once and returns how long it took, or what it likes. */
    long nanos() throws Exception;
  }

  /** Runs {@code run} at least once, not at all in quick suites. */
  public static void of(Options options, Run run) throws Exception {
    if (options.quick()) {
      return;
    }
    long nanos = options.number("warmup-millis", 2_000) * 1_000_000L;
    long start = System.nanoTime();
    do {
      run.nanos();
    } while (System.nanoTime() - start < nanos);
  }
}
