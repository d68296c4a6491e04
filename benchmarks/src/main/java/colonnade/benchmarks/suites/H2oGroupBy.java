package colonnade.benchmarks.suites;

import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.measure.Race;
import colonnade.benchmarks.peers.Contestants;
import colonnade.benchmarks.peers.Question;
import colonnade.benchmarks.questions.H2oQuestions;
import colonnade.benchmarks.report.Report;

/** The ten group-by questions of db-benchmark, formerly H2O's. */
public final class H2oGroupBy implements Suite {
  private static final String PEERS = "duckdb,questdb,polars,dflib,tablesaw,kotlin-dataframe";

  @Override
  public String description() {
    return "The ten group-by questions of db-benchmark over its G1 table, 100 groups for the small"
        + " keys and a group for 100 rows for the large ones. Large answers stay in memory,"
        + " or in a temporary table; small ones are read value by value.";
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    Dataset dataset = Dataset.h2o(options.rows(10_000_000, 100_000));
    DataStore store = new DataStore(options);
    try (Contestants contestants = new Contestants(options, store, report, PEERS)) {
      contestants.load(dataset);
      Race race = new Race(options, report);
      for (Question question : H2oQuestions.ALL) {
        race.ask(question, dataset, contestants.all());
      }
    }
  }
}
