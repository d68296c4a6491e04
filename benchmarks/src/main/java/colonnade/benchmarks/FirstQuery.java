package colonnade.benchmarks;

import colonnade.Table;
import colonnade.engine.exec.QueryOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The first query of a fresh JVM: Q6 over 60 M rows in the page cache, each engine in JVMs of its
 * own, alternating. The clock runs from before the table or database is opened until the answer is
 * there; the JVM's own start, the same for both, is shown beside it.
 */
final class FirstQuery {
  private static final List<List<String>> FLAGS =
      List.of(
          List.of(),
          List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));

  private FirstQuery() {}

  static void run(Options options) throws Exception {
    long rows = options.number("rows", 60_000_000);
    new BenchmarkData(options).prepare("lineitem", rows);
    int repeats = (int) options.number("repeats", 5);
    System.out.println("Machine: " + Machine.line() + "; " + options.threads() + " threads each");
    System.out.println();
    System.out.println(
        "| engine | first Q6 in a fresh JVM, ms (median of "
            + repeats
            + ") | with the JVM's start |");
    System.out.println("|---|---|---|");
    List<String> engines = List.of("colonnade", "duckdb");
    for (List<String> flags : FLAGS) {
      double[][] query = new double[2][repeats];
      double[][] whole = new double[2][repeats];
      for (int i = -1; i < repeats; i++) {
        for (int e = 0; e < 2; e++) {
          long start = System.nanoTime();
          String output =
              ChildProcess.run(
                  flags,
                  List.of(
                      "first-query-child",
                      "--engine",
                      engines.get(e),
                      "--rows",
                      Long.toString(rows),
                      "--dir",
                      options.directory().toString(),
                      "--threads",
                      Integer.toString(options.threads())));
          if (i >= 0) {
            whole[e][i] = (System.nanoTime() - start) / 1e6;
            query[e][i] = Double.parseDouble(output.strip().split(" ")[0]);
          }
        }
      }
      for (int e = 0; e < 2; e++) {
        Arrays.sort(query[e]);
        Arrays.sort(whole[e]);
        System.out.printf(
            "| %s, %s | %.0f | %.0f |%n",
            engines.get(e),
            flags.isEmpty() ? "no flags" : "with jvm.args",
            query[e][repeats / 2],
            whole[e][repeats / 2]);
      }
    }
  }

  static void child(Options options) throws Exception {
    BenchmarkData data = new BenchmarkData(options);
    long rows = options.number("rows", 60_000_000);
    List<Object> answer = new ArrayList<>();
    long start = System.nanoTime();
    if (options.text("engine", "").equals("duckdb")) {
      try (DuckDb duck = new DuckDb(data.database("lineitem", rows), options.threads())) {
        answer.add(duck.query(Questions.Q6.sql()));
      }
    } else {
      try (Table table = Table.open(data.table("lineitem", rows));
          Table result =
              Questions.Q6
                  .ours()
                  .apply(table)
                  .with(QueryOptions.defaults().withThreads(options.threads()))
                  .collect()) {
        answer.add(result.row(0).f64("revenue"));
      }
    }
    System.out.println((System.nanoTime() - start) / 1e6 + " ms: " + answer);
  }
}
