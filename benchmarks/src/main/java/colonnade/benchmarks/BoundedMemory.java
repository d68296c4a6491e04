package colonnade.benchmarks;

import static colonnade.Expr.*;

import colonnade.Appender;
import colonnade.DataType;
import colonnade.FlushPolicy;
import colonnade.Schema;
import colonnade.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A pipeline over a table much larger than the heap: filter, map, normalize, writeTo over 4 GB of
 * doubles in a JVM with {@code -Xmx128m}, whose anonymous resident memory is sampled all the while.
 */
final class BoundedMemory {
  private static final int COLUMNS = 8;

  private BoundedMemory() {}

  static void run(Options options) throws Exception {
    long bytes = options.number("bytes", 4L << 30);
    long rows = bytes / (COLUMNS * Double.BYTES);
    Path table = options.directory().resolve("bounded-" + rows);
    if (!Files.isDirectory(table)) {
      generate(table, rows);
    }
    Path result = options.directory().resolve("bounded-result");
    delete(result);
    long start = System.nanoTime();
    String output =
        ChildProcess.run(
            List.of("-Xmx128m"),
            List.of(
                "bounded-memory-child",
                "--table",
                table.toString(),
                "--result",
                result.toString(),
                "--dir",
                options.directory().toString()));
    System.out.println("Machine: " + Machine.line());
    System.out.printf(
        "%,d rows of %d f64 columns (%,d bytes), -Xmx128m: %.1f s%n",
        rows, COLUMNS, rows * COLUMNS * Double.BYTES, (System.nanoTime() - start) / 1e9);
    System.out.print(output);
    delete(result);
  }

  static void child(Options options) throws Exception {
    AnonymousMemory memory = AnonymousMemory.start();
    try (Table table = Table.open(options.text("table", ""));
        Table scaled =
            table
                .filter(col("c0").gt(0.1))
                .map("sum", col("c1").plus(col("c2")).times(col("c3")))
                .map("c4_z", col("c4").normalize(zScore()))
                .writeTo(Path.of(options.text("result", "")));
        Table check =
            scaled
                .aggregate(
                    count().as("n"), mean("c4_z").as("mean"), stdPopulation("c4_z").as("std"))
                .collect()) {
      System.out.printf(
          "written %,d rows of %d columns; c4_z has mean %.3e and standard deviation 1 %+.3e%n",
          check.row(0).i64("n"),
          scaled.schema().size(),
          check.row(0).f64("mean"),
          check.row(0).f64("std") - 1);
    }
    System.out.printf("peak of resident anonymous memory: %,d MB%n", memory.peakBytes() >> 20);
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

  private static void delete(Path directory) throws Exception {
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
