package colonnade.benchmarks.suites;

import static colonnade.Expr.sum;

import colonnade.Checks;
import colonnade.Mode;
import colonnade.OpenOptions;
import colonnade.ReadMode;
import colonnade.Table;
import colonnade.benchmarks.Options;
import colonnade.benchmarks.report.Cell;
import colonnade.benchmarks.report.Entry;
import colonnade.benchmarks.report.Report;
import colonnade.benchmarks.report.Timing;
import colonnade.error.ClosedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** What safety costs: checks at the first touch, guarded reading, and closing under readers. */
public final class Guard implements Suite {
  private static final OpenOptions MAPPED =
      OpenOptions.DEFAULT.withReadMode(ReadMode.MAPPED).withChecks(Checks.NEVER);
  private static final int COLUMNS = 100;
  private static final int READERS = 64;

  private static final long PAUSE_NANOS = 10_000_000;

  /** Closing is over in less than a millisecond, so that a few times say nothing. */
  private static final int CLOSES_PER_REPEAT = 10;

  @Override
  public String description() {
    return "The sum of a column of doubles in the page cache: of a table that was just opened, and"
        + " again; mapped, and beside it with checksums compared at the first touch, guarded, and"
        + " both. A ratio is how many times as fast the mapped one is. And closing a table of "
        + COLUMNS
        + " columns while "
        + READERS
        + " threads have read it and wait, or read on with pauses.";
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    long rows = options.rows(20_000_000, 200_000);
    Path path = options.directory().resolve("guard-" + rows);
    if (!Files.exists(path)) {
      double[] values = new SplittableRandom(1).doubles(rows).toArray();
      Table.of("x", values).writeTo(path).close();
    }
    Map<String, OpenOptions> ways = new LinkedHashMap<>();
    ways.put(Report.US, MAPPED);
    ways.put("checked on touch", MAPPED.withChecks(Checks.ON_TOUCH));
    ways.put("guarded", MAPPED.withReadMode(ReadMode.GUARDED));
    ways.put(
        "guarded and checked", MAPPED.withReadMode(ReadMode.GUARDED).withChecks(Checks.ON_TOUCH));
    sums(path, rows, ways, options, report);
    closes(options, report);
  }

  private static void sums(
      Path path, long rows, Map<String, OpenOptions> ways, Options options, Report report) {
    Map<String, List<Long>> opened = new LinkedHashMap<>();
    Map<String, List<Long>> again = new LinkedHashMap<>();
    Map<String, Double> answers = new LinkedHashMap<>();
    int warmUps = options.quick() ? 0 : 20;
    for (int round = -warmUps; round < options.repeats(); round++) {
      for (Map.Entry<String, OpenOptions> way : ways.entrySet()) {
        try (Table table = Table.open(path, Mode.READ_ONLY, way.getValue())) {
          long start = System.nanoTime();
          answers.put(way.getKey(), sumOf(table));
          long middle = System.nanoTime();
          sumOf(table);
          long end = System.nanoTime();
          if (round >= 0) {
            opened.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).add(middle - start);
            again.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).add(end - middle);
          }
        }
      }
    }
    report.add(entry("sum, just opened", rows, opened, answers));
    report.add(entry("sum, again", rows, again, answers));
  }

  private static Entry entry(
      String name, long rows, Map<String, List<Long>> nanos, Map<String, Double> answers) {
    Entry entry = new Entry(name, rows);
    nanos.forEach((way, times) ->
        entry.put(
            way,
            answers.get(way).equals(answers.get(Report.US))
                ? measured(times.stream().mapToLong(n -> n).toArray())
                : new Cell.Wrong(answers.get(way) + " instead of " + answers)));
    return entry;
  }

  private static Cell measured(long... nanos) {
    return new Cell.Measured(Timing.ofNanos(nanos), Double.NaN, Map.of());
  }

  private static double sumOf(Table table) {
    try (Table result = table.aggregate(sum("x").as("sum")).collect()) {
      return result.row(0).f64("sum");
    }
  }

  private static void closes(Options options, Report report) throws Exception {
    Path path = options.directory().resolve("guard-columns");
    if (!Files.exists(path)) {
      Object[] columns = new Object[2 * COLUMNS];
      for (int c = 0; c < COLUMNS; c++) {
        columns[2 * c] = "c" + c;
        columns[2 * c + 1] = new SplittableRandom(c).doubles(1_000).toArray();
      }
      Table.of(columns).writeTo(path).close();
    }
    for (boolean reading : new boolean[] {false, true}) {
      long[] nanos = new long[options.repeats() * CLOSES_PER_REPEAT];
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = close(path, reading);
      }
      report.add(
          new Entry("close under threads that " + (reading ? "read" : "wait"), 1_000)
              .put(Report.US, measured(nanos)));
    }
  }

  private static long close(Path path, boolean reading) throws Exception {
    CountDownLatch ready = new CountDownLatch(READERS);
    CountDownLatch closed = new CountDownLatch(1);
    Table table = Table.open(path, Mode.READ_ONLY, MAPPED);
    Thread[] readers = new Thread[READERS];
    for (int t = 0; t < READERS; t++) {
      int begin = t;
      readers[t] =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int c = 0; c < COLUMNS; c++) {
                    table.get("c" + (begin + c) % COLUMNS, c);
                  }
                  ready.countDown();
                  for (int c = 0; reading; c++) {
                    table.get("c" + (begin + c) % COLUMNS, c % 1_000);
                    if (c % COLUMNS == 0) {
                      // More threads than cores that never rest would measure the scheduler.
                      LockSupport.parkNanos(PAUSE_NANOS);
                    }
                  }
                  closed.await();
                } catch (ClosedException | IllegalStateException | InterruptedException e) {
                  // The end that was waited for.
                }
              });
    }
    ready.await();
    long start = System.nanoTime();
    table.close();
    long nanos = System.nanoTime() - start;
    closed.countDown();
    for (Thread reader : readers) {
      reader.join();
    }
    return nanos;
  }
}
