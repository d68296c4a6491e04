package colonnade.benchmarks.suites;

import static colonnade.Expr.col;
import static colonnade.Expr.sum;

import colonnade.Table;
import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.data.DuckDb;
import colonnade.benchmarks.measure.PageCache;
import colonnade.benchmarks.measure.ProcessMeter;
import colonnade.benchmarks.peers.ColonnadePeer;
import colonnade.benchmarks.report.Cell;
import colonnade.benchmarks.report.Entry;
import colonnade.benchmarks.report.Report;
import colonnade.benchmarks.report.Timing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scans of files that are not in the page cache: before each run the pages of the benchmark's own
 * files are dropped, nobody else's. Opening counts, since a table that is open may keep pages.
 */
public final class Cold implements Suite {
  private static final double TOLERANCE = 1e-9;

  @Override
  public String description() {
    return "Both columns of a table of full doubles summed, after the pages of its files were"
        + " dropped; opening included. 'plain read' reads the same files from end to end"
        + " with 4 MiB buffers in one thread, its ratio is the part of its speed that the"
        + " scan has. DuckDB reads a file of its own.";
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    Dataset dataset = Dataset.uniform(options.rows(60_000_000, 200_000));
    DataStore store = new DataStore(options);
    Path ours = store.table(dataset);
    List<Path> ourFiles = PageCache.files(ours);
    List<Path> columns =
        ourFiles.stream()
            .filter(file -> !file.toString().matches(".*(\\.crc|\\.stat|LOCK|manifest-\\d+)"))
            .toList();
    boolean duck = options.peers("duckdb").contains("duckdb");
    Path database = duck ? store.database(dataset) : ours;
    PageCache cache = new PageCache();
    long[][] nanos = new long[3][options.repeats()];
    double[] sums = new double[2];
    ProcessMeter meter = ProcessMeter.ofThisProcess();
    long read = 0;
    for (int i = 0; i < options.repeats(); i++) {
      cache.drop(ourFiles);
      long before = meter.readBytes();
      long start = System.nanoTime();
      sums[0] = ours(ours, options);
      nanos[0][i] = System.nanoTime() - start;
      read = meter.readBytes() - before;
      cache.drop(columns);
      nanos[1][i] = PageCache.readNanos(columns);
      if (duck) {
        cache.drop(List.of(database));
        start = System.nanoTime();
        sums[1] = theirs(database, options);
        nanos[2][i] = System.nanoTime() - start;
      }
    }
    long bytes = 0;
    for (Path column : columns) {
      bytes += Files.size(column);
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    Timing timing = Timing.ofNanos(nanos[0]);
    figures.put("column MB", Math.rint(bytes / 1e6));
    figures.put("read MB", Math.rint(read / 1e6));
    figures.put("GB/s", bytes / timing.median() / 1e6);
    Entry entry = new Entry("cold sum of two columns", dataset.rows());
    entry.put(Report.US, new Cell.Measured(timing, Double.NaN, figures));
    entry.put("plain read", new Cell.Measured(Timing.ofNanos(nanos[1]), Double.NaN, Map.of()));
    if (duck) {
      entry.put(
          "duckdb",
          Math.abs(sums[0] - sums[1]) <= TOLERANCE * Math.abs(sums[0])
              ? new Cell.Measured(Timing.ofNanos(nanos[2]), Double.NaN, Map.of())
              : new Cell.Wrong(sums[1] + " instead of " + sums[0]));
    }
    report.add(entry);
  }

  private static double ours(Path path, Options options) {
    try (Table table = Table.open(path);
        Table result =
            table
                .aggregate(sum(col("u")).as("u"), sum(col("value")).as("value"))
                .with(ColonnadePeer.queryOptions(options))
                .collect()) {
      return result.row(0).f64("u") + result.row(0).f64("value");
    }
  }

  private static double theirs(Path database, Options options) throws Exception {
    try (DuckDb duck = new DuckDb(database, options.threads())) {
      return Double.parseDouble(duck.value("select sum(u) + sum(value) from uniform"));
    }
  }
}
