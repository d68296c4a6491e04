package colonnade.benchmarks.report;

import java.util.Arrays;

/** Times of the same work, in milliseconds; at least one. An immutable value. */
public record Timing(double[] sortedMillis) {
  /** Of times in any order. */
  public static Timing ofNanos(long... nanos) {
    double[] millis = Arrays.stream(nanos).mapToDouble(n -> n / 1e6).toArray();
    Arrays.sort(millis);
    return new Timing(millis);
  }

  /** The middle one; of an even number, the mean of both in the middle. */
  public double median() {
    int n = sortedMillis.length;
    return (sortedMillis[(n - 1) / 2] + sortedMillis[n / 2]) / 2;
  }

  /** The shortest. */
  public double min() {
    return sortedMillis[0];
  }

  /** The longest. */
  public double max() {
    return sortedMillis[sortedMillis.length - 1];
  }

  /** How many. */
  public int count() {
    return sortedMillis.length;
  }
}
