package colonnade.cli.demo;

import colonnade.Table;
import colonnade.TableSchema;
import java.util.List;

/**
 * What a step of the demo cost. An immutable value.
 *
 * @param elapsedNanos wall time
 * @param rowCount rows of its input
 * @param byteCount bytes of its input, every pass counted
 * @param peakMemoryBytes the most memory of its own that the process had during it, mapped files
 *     left out
 */
record Step(String name, long elapsedNanos, long rowCount, long byteCount, long peakMemoryBytes) {
  /** The work of a step. */
  @FunctionalInterface
  interface Work {
    Table run();
  }

  /** A count that is known when the work is done. */
  @FunctionalInterface
  interface Amount {
    long of(Table result);
  }

  /** Bytes on disk of some columns of a table. */
  static long bytes(Table table, String... columns) {
    long bytes = 0;
    if (table.schema() instanceof TableSchema stored) {
      for (String column : columns) {
        bytes += stored.bytes(stored.indexOf(column));
      }
    }
    return bytes;
  }

  double seconds() {
    return elapsedNanos / 1e9;
  }

  double millionRowsPerSecond() {
    return rowCount / (double) elapsedNanos * 1e3;
  }

  double megabytes() {
    return byteCount / 1e6;
  }

  double peakMegabytes() {
    return peakMemoryBytes / 1e6;
  }

  /** The steps as a table of text. */
  static String table(List<Step> steps) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-28s %10s %16s %12s %14s%n"
            .formatted("step", "seconds", "million rows/s", "MB read", "peak memory MB"));
    for (Step step : steps) {
      text.append(
          "%-28s %10.3f %16s %12s %14.0f%n"
              .formatted(
                  step.name,
                  step.seconds(),
                  step.rowCount == 0 ? "-" : "%.1f".formatted(step.millionRowsPerSecond()),
                  step.byteCount == 0 ? "-" : "%.1f".formatted(step.megabytes()),
                  step.peakMegabytes()));
    }
    return text.toString();
  }
}
