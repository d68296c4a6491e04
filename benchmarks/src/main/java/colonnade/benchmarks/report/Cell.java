package colonnade.benchmarks.report;

import java.util.Map;

/** What came of one contestant and one question. */
public sealed interface Cell {
  /**
   * It was measured, and its answer was the same as ours.
   *
   * @param warm after warm-up, data in the page cache unless the suite says otherwise
   * @param firstMillis the first run of this question in its process; NaN if not told apart
   * @param figures anything else, by its name with its unit; an unknown one is left out
   */
  record Measured(Timing warm, double firstMillis, Map<String, Double> figures) implements Cell {}

  /** It was not asked. */
  record Skipped(String reason) implements Cell {}

  /** It was asked and could not answer. */
  record Failed(String reason) implements Cell {}

  /** Its answer was not ours, so no time is told. */
  record Wrong(String difference) implements Cell {}
}
