package colonnade.benchmarks.suites;

import static colonnade.Expr.*;

import colonnade.Appender;
import colonnade.DataType;
import colonnade.FlushPolicy;
import colonnade.Schema;
import colonnade.Table;
import colonnade.benchmarks.Options;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.measure.ChildJvm;
import colonnade.benchmarks.measure.MemoryWatch;
import colonnade.benchmarks.measure.ProcessMeter;
import colonnade.benchmarks.report.Cell;
import colonnade.benchmarks.report.Entry;
import colonnade.benchmarks.report.Report;
import colonnade.benchmarks.report.Timing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A pipeline over a table much larger than the heap: filter, map, normalize, writeTo over doubles
 * in a JVM with {@code -Xmx128m}, whose anonymous resident memory is sampled all the while.
 */
public final class BoundedMemory implements Suite {
  private static final int COLUMNS = 8;

  @Override
  public String description() {
    return "filter, map, normalize, writeTo over 4 GB of doubles in eight columns, in a JVM with"
        + " -Xmx128m. Peak memory is resident and anonymous: heap, code, buffers; not the"
        + " page cache.";
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    long bytes = options.number("bytes", options.quick() ? 16L << 20 : 4L << 30);
    long rows = bytes / (COLUMNS * Double.BYTES);
    Path table = options.directory().resolve("bounded-" + rows);
    if (!Files.isDirectory(table)) {
      generate(table, rows);
    }
    Path result = options.directory().resolve("bounded-result");
    DataStore.delete(result);
    long start = System.nanoTime();
    String output =
        ChildJvm.run(
            List.of("-Xmx128m"),
            List.of(
                "bounded-memory",
                "--child",
                table.toString(),
                "--out",
                result.toString(),
                "--dir",
                options.directory().toString()));
    long nanos = System.nanoTime() - start;
    DataStore.delete(result);
    String[] fields = output.strip().split(" ");
    double mean = Double.parseDouble(fields[1]);
    double deviation = Double.parseDouble(fields[2]);
    Entry entry = new Entry("filter, map, normalize, writeTo", rows);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("read MB", bytes / 1e6);
    figures.put("rows written", Double.parseDouble(fields[0]));
    figures.put("peak memory MB", Math.rint(Long.parseLong(fields[3]) / 1e6));
    boolean right = Math.abs(mean) < 1e-9 && Math.abs(deviation - 1) < 1e-9;
    entry.put(
        Report.US,
        right
            ? new Cell.Measured(Timing.ofNanos(nanos), Double.NaN, figures)
            : new Cell.Wrong("mean " + mean + " and deviation " + deviation + " of a z-score"));
    report.add(entry);
  }

  @Override
  public void child(Options options) throws Exception {
    try (MemoryWatch memory = MemoryWatch.start(ProcessMeter.ofThisProcess());
        Table table = Table.open(options.text("child", ""));
        Table scaled =
            table
                .filter(col("c0").gt(0.1))
                .map("sum", col("c1").plus(col("c2")).times(col("c3")))
                .map("c4_z", col("c4").normalize(zScore()))
                .writeTo(Path.of(options.text("out", "")));
        Table check =
            scaled
                .aggregate(
                    count().as("n"), mean("c4_z").as("mean"), stdPopulation("c4_z").as("std"))
                .collect()) {
      System.out.println(
          check.row(0).i64("n")
              + " "
              + check.row(0).f64("mean")
              + " "
              + check.row(0).f64("std")
              + " "
              + memory.peakBytes());
    }
  }

  private static void generate(Path path, long rows) {
    System.err.println("generating " + rows + " rows");
    Object[] namesAndTypes = new Object[2 * COLUMNS];
    for (int c = 0; c < COLUMNS; c++) {
      namesAndTypes[2 * c] = "c" + c;
      namesAndTypes[2 * c + 1] = DataType.F64;
    }
    SplittableRandom random = new SplittableRandom(42);
    try (Appender writer = Table.create(path, Schema.of(namesAndTypes), FlushPolicy.atClose())) {
      Object[] columns = new Object[COLUMNS];
      for (long done = 0; done < rows; ) {
        int count = (int) Math.min(65_536, rows - done);
        for (int c = 0; c < COLUMNS; c++) {
          columns[c] = random.doubles(count).toArray();
        }
        writer.appendColumns(columns);
        done += count;
      }
    }
  }
}
