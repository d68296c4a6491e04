package colonnade.benchmarks.report;

import java.util.Locale;

/** Numbers as the reports show them. */
final class Numbers {
  private Numbers() {}

  /** Milliseconds, with three figures or more. */
  static String millis(double millis) {
    return String.format(
        Locale.ROOT,
        millis < 1 ? "%.3f" : millis < 10 ? "%.2f" : millis < 1000 ? "%.1f" : "%,.0f",
        millis);
  }

  /** How many times as fast. */
  static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : ratio < 100 ? "%.2f" : "%.0f", ratio);
  }

  /** A figure of any size. */
  static String figure(double value) {
    double size = Math.abs(value);
    return String.format(
        Locale.ROOT,
        value == Math.rint(value) || size >= 1000 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f",
        value);
  }

  /** A number of rows. */
  static String rows(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }

  /** The shortest and the longest. */
  static String range(Timing timing) {
    return millis(timing.min()) + " – " + millis(timing.max());
  }
}
