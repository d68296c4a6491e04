package colonnade.benchmarks.suites;

import static colonnade.Expr.sum;

import colonnade.Csv;
import colonnade.Frame;
import colonnade.Mode;
import colonnade.Parquet;
import colonnade.Table;
import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.data.DuckDb;
import colonnade.benchmarks.measure.WarmUp;
import colonnade.benchmarks.peers.ColonnadePeer;
import colonnade.benchmarks.peers.Importer;
import colonnade.benchmarks.report.Cell;
import colonnade.benchmarks.report.Entry;
import colonnade.benchmarks.report.Report;
import colonnade.benchmarks.report.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The H2O table read from a CSV file and from a Parquet file, types inferred. */
public final class Import implements Suite {
  @Override
  public String description() {
    return "The H2O group-by table imported from CSV, types inferred, and from Parquet; the files"
        + " are in the page cache. We and DuckDB write a table to disk, Polars keeps it in"
        + " memory.";
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    Dataset dataset = Dataset.h2o(options.rows(10_000_000, 50_000));
    DataStore store = new DataStore(options);
    try (Importer polars = Importer.polars(options, store, report)) {
      for (String format : List.of("csv", "parquet")) {
        Path file = format.equals("csv") ? store.csv(dataset) : store.parquet(dataset);
        one(format, file, dataset, options, report, polars);
      }
    }
  }

  private static void one(
      String format, Path file, Dataset dataset, Options options, Report report, Importer polars)
      throws Exception {
    Map<String, Double> sums = new LinkedHashMap<>();
    Map<String, WarmUp.Run> runs = new LinkedHashMap<>();
    runs.put(Report.US, () -> ours(format, file, options, sums));
    if (options.peers("duckdb,polars").contains("duckdb")) {
      runs.put("duckdb", () -> duck(format, file, options, sums));
    }
    if (polars.isThere()) {
      runs.put("polars", () -> polars.importNanos(format, file, sums));
    }
    Map<String, Double> first = new LinkedHashMap<>();
    Map<String, long[]> nanos = new LinkedHashMap<>();
    for (Map.Entry<String, WarmUp.Run> run : runs.entrySet()) {
      first.put(run.getKey(), run.getValue().nanos() / 1e6);
      nanos.put(run.getKey(), new long[options.repeats()]);
    }
    for (WarmUp.Run run : runs.values()) {
      WarmUp.of(options, run);
    }
    for (int i = 0; i < options.repeats(); i++) {
      for (Map.Entry<String, WarmUp.Run> run : runs.entrySet()) {
        nanos.get(run.getKey())[i] = run.getValue().nanos();
      }
    }
    Entry entry = new Entry("import " + format, dataset.rows());
    double size = Files.size(file);
    nanos.forEach((name, times) -> {
      Timing timing = Timing.ofNanos(times);
      boolean right = Math.abs(sums.get(name) - sums.get(Report.US)) < 1e-9 * sums.get(Report.US);
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("file MB", Math.rint(size / 1e6));
      figures.put("MB/s", Math.rint(size / timing.median() / 1e3));
      entry.put(
          name,
          right
              ? new Cell.Measured(timing, first.get(name), figures)
              : new Cell.Wrong(
                  "sum of v3 " + sums.get(name) + " instead of " + sums.get(Report.US)));
    });
    report.add(entry);
  }

  private static long ours(String format, Path file, Options options, Map<String, Double> sums)
      throws IOException {
    Path target = options.directory().resolve("import-result");
    DataStore.delete(target);
    long start = System.nanoTime();
    Frame frame = format.equals("csv") ? Csv.read(file) : Parquet.read(file);
    frame.with(ColonnadePeer.queryOptions(options)).writeTo(target, Mode.CREATE).close();
    long nanos = System.nanoTime() - start;
    try (Table table = Table.open(target);
        Table sum = table.aggregate(sum("v3").as("s")).collect()) {
      sums.put(Report.US, sum.row(0).f64("s"));
    }
    DataStore.delete(target);
    return nanos;
  }

  private static long duck(String format, Path file, Options options, Map<String, Double> sums)
      throws Exception {
    Path target = options.directory().resolve("import-result.duckdb");
    Files.deleteIfExists(target);
    try (DuckDb duck = new DuckDb(target, options.threads())) {
      long start = System.nanoTime();
      duck.execute("create table t as select * from read_" + format + "('" + file + "')");
      duck.execute("checkpoint");
      long nanos = System.nanoTime() - start;
      sums.put("duckdb", Double.parseDouble(duck.value("select sum(v3) from t")));
      return nanos;
    } finally {
      Files.deleteIfExists(target);
    }
  }
}
