package colonnade.benchmarks.suites;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.measure.Bandwidth;
import colonnade.benchmarks.measure.Race;
import colonnade.benchmarks.peers.Contestants;
import colonnade.benchmarks.peers.Question;
import colonnade.benchmarks.questions.FilterQuestions;
import colonnade.benchmarks.questions.LineItemQuestions;
import colonnade.benchmarks.report.Cell;
import colonnade.benchmarks.report.Entry;
import colonnade.benchmarks.report.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums and filters over tables that lie in the page cache, beside the memory's own speed. */
public final class Scan implements Suite {
  @Override
  public String description() {
    return "A sum, TPC-H's Q6 and Q1, and filters that keep from 0.1 to 100 % of the rows, over"
        + " tables in the page cache. Beside them the speed at which plain loops read this"
        + " machine's memory.";
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    long rows = options.rows(10_000_000, 200_000);
    DataStore store = new DataStore(options);
    double bandwidth = bandwidth(options, report);
    part(options, report, store, Dataset.lineItem(rows), LineItemQuestions.ALL);
    part(options, report, store, Dataset.uniform(rows), FilterQuestions.ALL);
    shares(report, bandwidth);
  }

  private static void part(
      Options options, Report report, DataStore store, Dataset dataset, List<Question> questions)
      throws Exception {
    String only = options.text("only", "");
    if (questions.stream().noneMatch(question -> question.name().contains(only))) {
      return;
    }
    try (Contestants contestants =
        new Contestants(options, store, report, "duckdb,questdb,polars,numpy")) {
      contestants.load(dataset);
      Race race = new Race(options, report);
      for (Question question : questions) {
        race.ask(question, dataset, contestants.all());
      }
    }
  }

  private static double bandwidth(Options options, Report report) throws Exception {
    int threads = options.threads();
    long bytes = options.quick() ? 8L << 20 : 256L << 20;
    double java = Bandwidth.java(threads, bytes);
    Optional<Double> c = Bandwidth.c(options.directory(), threads, bytes);
    report.reference("memory read by a Java loop", "%.1f GB/s".formatted(java / 1e9));
    report.reference(
        "memory read by a C loop",
        c.map(speed -> "%.1f GB/s".formatted(speed / 1e9)).orElse("no gcc"));
    return Math.max(java, c.orElse(0.0));
  }

  /**
   * What part of the memory's speed our scans reach, by the bytes of the columns that they read.
   */
  private static void shares(Report report, double bandwidth) {
    for (Entry entry : report.entries()) {
      if (entry.cells().get(Report.US) instanceof Cell.Measured m
          && m.figures().get("scanned MB") instanceof Double megabytes) {
        double speed = megabytes * 1e6 / (m.warm().median() / 1e3);
        Map<String, Double> figures = m.figures();
        figures.put("GB/s", Math.rint(speed / 1e8) / 10);
        figures.put("% of memory's speed", Math.rint(100 * speed / bandwidth));
      }
    }
  }
}
