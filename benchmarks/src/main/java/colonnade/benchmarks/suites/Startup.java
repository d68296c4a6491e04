package colonnade.benchmarks.suites;

import colonnade.Table;
import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import colonnade.benchmarks.data.DuckDb;
import colonnade.benchmarks.measure.ChildJvm;
import colonnade.benchmarks.peers.ColonnadePeer;
import colonnade.benchmarks.questions.LineItemQuestions;
import colonnade.benchmarks.report.Cell;
import colonnade.benchmarks.report.Entry;
import colonnade.benchmarks.report.Report;
import colonnade.benchmarks.report.Timing;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first query of a fresh JVM: Q6 over a table in the page cache, each engine in JVMs of its
 * own, taking turns. The clock runs from before the table or database is opened until the answer is
 * there. The same JVM then asks on, for what the query takes once it is warm.
 */
public final class Startup implements Suite {
  private static final int WARM_RUNS = 25;

  private static final Map<String, List<String>> FLAGS = new LinkedHashMap<>();

  static {
    FLAGS.put("no flags", List.of());
    FLAGS.put(
        "with jvm.args",
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders",
            "-XX:MaxInlineLevel=30"));
  }

  @Override
  public String description() {
    return "TPC-H Q6 as the first query of a fresh JVM, from before the table is opened until the"
        + " answer is there; the table is in the page cache. 'warm ms' is the median of the"
        + " last runs of 25 in the same JVM, 'process ms' the whole process with the start"
        + " of the JVM and those runs left out.";
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    Dataset dataset = Dataset.lineItem(options.rows(60_000_000, 200_000));
    DataStore store = new DataStore(options);
    store.table(dataset);
    List<String> engines = new ArrayList<>(List.of(Report.US));
    if (options.peers("duckdb").contains("duckdb")) {
      engines.add("duckdb");
      store.database(dataset);
    }
    for (Map.Entry<String, List<String>> flags : FLAGS.entrySet()) {
      Entry entry = new Entry("first Q6, " + flags.getKey(), dataset.rows());
      Map<String, List<double[]>> times = new LinkedHashMap<>();
      int discarded = options.quick() ? 0 : 1;
      for (int i = -discarded; i < options.repeats(); i++) {
        for (String engine : engines) {
          double[] run = child(options, dataset, engine, flags.getValue());
          if (i >= 0) {
            times.computeIfAbsent(engine, e -> new ArrayList<>()).add(run);
          }
        }
      }
      double answer = times.get(Report.US).getFirst()[3];
      times.forEach((engine, runs) -> entry.put(engine, cell(runs, answer)));
      report.add(entry);
    }
  }

  /** First, warm, and process in milliseconds, and the answer. */
  private static double[] child(Options options, Dataset dataset, String engine, List<String> flags)
      throws Exception {
    long start = System.nanoTime();
    String output =
        ChildJvm.run(
            flags,
            List.of(
                "startup",
                "--child",
                engine,
                "--rows",
                Long.toString(dataset.rows()),
                "--dir",
                options.directory().toString(),
                "--encoding",
                options.text("encoding", "auto"),
                "--threads",
                Integer.toString(options.threads())));
    double whole = (System.nanoTime() - start) / 1e6;
    double[] run =
        Arrays.stream(output.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new double[] {run[0], run[1], whole - run[2], run[3]};
  }

  private static Cell cell(List<double[]> runs, double answer) {
    for (double[] run : runs) {
      if (Math.abs(run[3] - answer) > 1e-9 * Math.abs(answer)) {
        return new Cell.Wrong(run[3] + " instead of " + answer);
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("warm ms", median(runs, 1));
    figures.put("first - warm ms", median(runs, 0) - median(runs, 1));
    figures.put("process ms", median(runs, 2));
    long[] first = runs.stream().mapToLong(run -> (long) (run[0] * 1e6)).toArray();
    return new Cell.Measured(Timing.ofNanos(first), Double.NaN, figures);
  }

  private static double median(List<double[]> runs, int field) {
    return Timing.ofNanos(runs.stream().mapToLong(run -> (long) (run[field] * 1e6)).toArray())
        .median();
  }

  @Override
  public void child(Options options) throws Exception {
    DataStore store = new DataStore(options);
    Dataset dataset = Dataset.lineItem(options.number("rows", 0));
    long start = System.nanoTime();
    if (options.text("child", "").equals("duckdb")) {
      Path database = store.file(dataset, ".duckdb");
      try (DuckDb duck = new DuckDb(database, options.threads())) {
        print(start, () -> revenue(duck));
      }
    } else {
      try (Table table = Table.open(store.table(dataset))) {
        print(start, () -> revenue(table, options));
      }
    }
  }

  private interface Query {
    double answer() throws SQLException;
  }

  private static void print(long start, Query query) throws SQLException {
    double answer = query.answer();
    long first = System.nanoTime() - start;
    long[] warm = new long[WARM_RUNS];
    for (int i = 0; i < warm.length; i++) {
      long before = System.nanoTime();
      query.answer();
      warm[i] = System.nanoTime() - before;
    }
    double others = Arrays.stream(warm).sum() / 1e6;
    double settled = Timing.ofNanos(Arrays.copyOfRange(warm, WARM_RUNS - 7, WARM_RUNS)).median();
    System.out.println(first / 1e6 + " " + settled + " " + others + " " + answer);
  }

  private static double revenue(DuckDb duck) throws SQLException {
    return Double.parseDouble(duck.value(LineItemQuestions.Q6.text("duckdb", "sql").orElseThrow()));
  }

  private static double revenue(Table table, Options options) {
    try (Table result =
        LineItemQuestions.Q6
            .ours()
            .apply(table)
            .with(ColonnadePeer.queryOptions(options))
            .collect()) {
      return result.row(0).f64("revenue");
    }
  }
}
