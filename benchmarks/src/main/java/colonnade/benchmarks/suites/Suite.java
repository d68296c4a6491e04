package colonnade.benchmarks.suites;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.report.Report;

/** A set of questions about one thing, measured in one run. */
public interface Suite {
  /** What it measures and how, for the report. */
  String description();

  /** Measures, filling the report. */
  void run(Options options, Report report) throws Exception;

  /** Runs in a fresh JVM that the suite itself started; {@code child} in the options says what. */
  default void child(Options options) throws Exception {
    throw new IllegalArgumentException("this suite starts no JVMs");
  }
}
