package colonnade.benchmarks.suites;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.data.Hits;
import colonnade.benchmarks.measure.Race;
import colonnade.benchmarks.peers.Contestants;
import colonnade.benchmarks.peers.Question;
import colonnade.benchmarks.questions.ClickBenchQuestions;
import colonnade.benchmarks.report.Report;

/** ClickBench's 43 queries over generated rows. */
public final class ClickBench implements Suite {
  @Override
  public String description() {
    return "ClickBench's 43 queries over a generated table hits with the columns that they read and"
        + " about the original's numbers of values, skew and lengths. Constants are fitted"
        + " to it.";
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    Dataset dataset = Hits.of(options.rows(10_000_000, 50_000));
    DataStore store = new DataStore(options);
    try (Contestants contestants = new Contestants(options, store, report, "duckdb")) {
      contestants.load(dataset);
      Race race = new Race(options, report);
      for (Question question : ClickBenchQuestions.of(dataset.rows())) {
        race.ask(question, dataset, contestants.all());
      }
    }
  }
}
