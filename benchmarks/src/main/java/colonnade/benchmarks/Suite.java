package colonnade.benchmarks;

import colonnade.Frame;
import colonnade.Table;
import colonnade.engine.exec.QueryOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts each question to Colonnade and DuckDB in one process, alternating, after some seconds of
 * warm-up of both whose results are compared. Times are medians; a result of few rows is read
 * whole, a large one is left in memory (Colonnade) or in a temporary table (DuckDB).
 */
final class Suite {
  private final Options options;
  private final int repeats;
  private final List<String[]> lines = new ArrayList<>();

  private Suite(Options options) {
    this.options = options;
    this.repeats = (int) options.number("repeats", 7);
  }

  static void run(Options options) throws Exception {
    Suite suite = new Suite(options);
    suite.group("lineitem", options.number("lineitem-rows", 10_000_000), Questions.LINEITEM);
    suite.group("h2o", options.number("h2o-rows", 10_000_000), Questions.H2O);
    suite.print();
  }

  private void group(String table, long rows, List<Question> questions) throws Exception {
    if (rows == 0) {
      return;
    }
    BenchmarkData data = new BenchmarkData(options);
    data.prepare(table, rows);
    String only = options.text("only", "");
    try (DuckDb duck = new DuckDb(data.database(table, rows), options.threads());
        Table ours = Table.open(data.table(table, rows))) {
      for (Question question : questions) {
        if (question.name().contains(only)) {
          compare(question, rows, ours, duck);
        }
      }
    }
  }

  private void compare(Question question, long rows, Table table, DuckDb duck) throws Exception {
    Frame frame =
        question.ours().apply(table).with(QueryOptions.defaults().withThreads(options.threads()));
    boolean large = question.numericColumns().length > 0;
    Fingerprint ours = large ? sums(frame, question.numericColumns()) : fetch(frame);
    Fingerprint theirs =
        large
            ? duck.fingerprint(question.sql(), question.numericColumns())
            : duck.query(question.sql());
    ours.requireSame(question.name(), theirs);
    long warmUpNanos = options.number("warmup-millis", 3_000) * 1_000_000L;
    for (long start = System.nanoTime(); System.nanoTime() - start < warmUpNanos; ) {
      run(frame, large);
    }
    for (long start = System.nanoTime(); System.nanoTime() - start < warmUpNanos; ) {
      run(question, large, duck);
    }
    double[] ourTimes = new double[repeats];
    double[] duckTimes = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      run(frame, large);
      ourTimes[i] = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      run(question, large, duck);
      duckTimes[i] = (System.nanoTime() - start) / 1e6;
    }
    if (large) {
      duck.execute("drop table ans");
    }
    Arrays.sort(ourTimes);
    Arrays.sort(duckTimes);
    double ourMedian = ourTimes[repeats / 2];
    double duckMedian = duckTimes[repeats / 2];
    lines.add(
        new String[] {
          question.name(),
          "%,d".formatted(rows),
          "%.1f".formatted(ourMedian),
          "%.1f – %.1f".formatted(ourTimes[0], ourTimes[repeats - 1]),
          "%.1f".formatted(duckMedian),
          "%.1f – %.1f".formatted(duckTimes[0], duckTimes[repeats - 1]),
          "%.2f".formatted(duckMedian / ourMedian)
        });
    System.err.println(String.join(" | ", lines.getLast()));
  }

  private static void run(Frame frame, boolean large) {
    if (large) {
      frame.collect().close();
    } else {
      fetch(frame);
    }
  }

  private static void run(Question question, boolean large, DuckDb duck) throws Exception {
    if (large) {
      duck.execute("create or replace temp table ans as " + question.sql());
    } else {
      duck.query(question.sql());
    }
  }

  /** Runs the frame and reads every value of its result. */
  private static Fingerprint fetch(Frame frame) {
    try (Table result = frame.collect()) {
      Fingerprint fingerprint = new Fingerprint();
      int columns = result.schema().size();
      for (long row = 0; row < result.rowCount(); row++) {
        fingerprint.row();
        for (int c = 0; c < columns; c++) {
          fingerprint.value(c, result.row(row).get(c));
        }
      }
      return fingerprint;
    }
  }

  private static Fingerprint sums(Frame frame, String... columns) {
    try (Table result = frame.collect()) {
      Fingerprint fingerprint = new Fingerprint();
      fingerprint.rows(result.rowCount());
      for (int c = 0; c < columns.length; c++) {
        try (Table sum = result.aggregate(colonnade.Expr.sum(columns[c]).as("s")).collect()) {
          fingerprint.value(c, sum.row(0).get(0));
        }
      }
      return fingerprint;
    }
  }

  private void print() {
    System.out.println("Machine: " + Machine.line() + "; " + options.threads() + " threads each");
    System.out.println();
    System.out.println(
        "| question | rows | Colonnade ms | range | DuckDB ms | range | times DuckDB's speed |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String[] line : lines) {
      System.out.println("| " + String.join(" | ", line) + " |");
    }
  }
}
