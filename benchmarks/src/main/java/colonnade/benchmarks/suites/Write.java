package colonnade.benchmarks.suites;

import static colonnade.Expr.*;

import colonnade.Mode;
import colonnade.Table;
import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.data.DuckDb;
import colonnade.benchmarks.measure.ProcessMeter;
import colonnade.benchmarks.measure.SequentialWrite;
import colonnade.benchmarks.measure.WarmUp;
import colonnade.benchmarks.peers.ColonnadePeer;
import colonnade.benchmarks.report.Cell;
import colonnade.benchmarks.report.Entry;
import colonnade.benchmarks.report.Report;
import colonnade.benchmarks.report.Timing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A column scaled to mean 0 and deviation 1 and written back, synced. */
public final class Write implements Suite {
  private static final double TOLERANCE = 1e-6;

  @Override
  public String description() {
    return "A column of full doubles normalised to mean 0 and deviation 1 and written to a new"
        + " table, synced; the source is in the page cache. 'plain write' writes and syncs a"
        + " file of as many bytes in the same run; its ratio is the part of its speed that"
        + " we have. 'device / logical' compares the bytes that our process made dirty with"
        + " those of the column.";
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    Dataset dataset = Dataset.uniform(options.rows(60_000_000, 200_000));
    DataStore store = new DataStore(options);
    Path source = store.table(dataset);
    Path target = options.directory().resolve("write-result");
    boolean duck = options.peers("duckdb").contains("duckdb");
    if (duck) {
      store.database(dataset);
    }
    long logical = dataset.rows() * Double.BYTES;
    ProcessMeter meter = ProcessMeter.ofThisProcess();
    int repeats = options.repeats();
    long[][] nanos = new long[3][repeats];
    List<Long> written = new ArrayList<>();
    double deviation = 0;
    double theirs = 1;
    WarmUp.of(
        options,
        () -> {
          DataStore.delete(target);
          ours(source, target, options);
          return 0;
        });
    for (int i = -1; i < repeats; i++) {
      DataStore.delete(target);
      long before = meter.writtenBytes();
      long start = System.nanoTime();
      ours(source, target, options);
      long ourNanos = System.nanoTime() - start;
      long ourBytes = meter.writtenBytes() - before;
      deviation = deviation(target, options);
      DataStore.delete(target);
      long plain = SequentialWrite.nanos(options.directory().resolve("write-plain"), logical);
      long duckNanos = 0;
      if (duck) {
        Path database = options.directory().resolve("write-result.duckdb");
        Files.deleteIfExists(database);
        start = System.nanoTime();
        theirs(store.file(dataset, ".duckdb"), database, options);
        duckNanos = System.nanoTime() - start;
        try (DuckDb check = new DuckDb(database, options.threads())) {
          theirs = Double.parseDouble(check.value("select stddev_pop(z) from result"));
        }
        Files.deleteIfExists(database);
      }
      if (i >= 0) {
        nanos[0][i] = ourNanos;
        nanos[1][i] = plain;
        nanos[2][i] = duckNanos;
        written.add(ourBytes);
      }
    }
    Timing timing = Timing.ofNanos(nanos[0]);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("logical MB", Math.rint(logical / 1e6));
    figures.put(
        "device / logical", written.stream().mapToLong(n -> n).max().orElse(0) / (double) logical);
    figures.put("MB/s", Math.rint(logical / timing.median() / 1e3));
    Entry entry = new Entry("normalise and write back", dataset.rows());
    entry.put(
        Report.US,
        Math.abs(deviation - 1) < TOLERANCE
            ? new Cell.Measured(timing, Double.NaN, figures)
            : new Cell.Wrong("deviation " + deviation));
    entry.put("plain write", new Cell.Measured(Timing.ofNanos(nanos[1]), Double.NaN, Map.of()));
    if (duck) {
      entry.put(
          "duckdb",
          Math.abs(theirs - 1) < TOLERANCE
              ? new Cell.Measured(Timing.ofNanos(nanos[2]), Double.NaN, Map.of())
              : new Cell.Wrong("deviation " + theirs));
    }
    report.add(entry);
  }

  private static void ours(Path source, Path target, Options options) {
    try (Table table = Table.open(source);
        Table result =
            table
                .map("z", col("value").normalize(zScore()))
                .select("z")
                .with(ColonnadePeer.queryOptions(options))
                .writeTo(target, Mode.CREATE)) {
      if (result.rowCount() != table.rowCount()) {
        throw new IllegalStateException("rows were lost");
      }
    }
  }

  private static double deviation(Path target, Options options) {
    try (Table table = Table.open(target);
        Table result =
            table
                .aggregate(stdPopulation("z").as("s"))
                .with(ColonnadePeer.queryOptions(options))
                .collect()) {
      return result.row(0).f64("s");
    }
  }

  private static void theirs(Path source, Path target, Options options) throws Exception {
    try (DuckDb duck = new DuckDb(target, options.threads())) {
      duck.execute("attach '" + source + "' as source (read_only)");
      duck.execute(
          "create table result as select (value - m) / s as z from source.uniform,"
              + " (select avg(value) as m, stddev_pop(value) as s from source.uniform)");
      duck.execute("checkpoint");
    }
  }
}
