package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.DataType;
import colonnade.OpenOptions;
import colonnade.ReadMode;
import colonnade.Schema;
import colonnade.engine.exec.Executor;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.SnapshotSource;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.kernel.KernelsInUse;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Vector;
import colonnade.engine.store.Vectors;
import colonnade.engine.store.WriteOptions;
import colonnade.error.CorruptColumnException;
import colonnade.rig.Child;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A column's file is cut short while another process scans it, sums and writes by turns: the query
 * ends with an error that names column, block and file, what it wrote is not there, and the process
 * goes on with another table. Where the file is mapped, the SIMD loops are compiled and in use
 * before it is cut.
 */
@Reliability
class TruncationTest {
  private static final long SEED = Long.getLong("seed", 20_261_128);
  private static final int ROWS = 1_000_000;

  /** Sums before the file may be cut; where it is mapped, they are by SIMD. */
  private static final int WARM = 200;

  /** What a process says whose sums stay scalar, because those by SIMD were not faster. */
  private static final String SCALAR = "scalar";

  @TempDir(factory = RamDirectory.class)
  Path directory;

  /** The process that reads. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] args) {
      Path table = Path.of(args[0]);
      Path other = Path.of(args[1]);
      Path target = Path.of(args[2]);
      OpenOptions options = OpenOptions.DEFAULT.withReadMode(ReadMode.valueOf(args[3]));
      try (Snapshot snapshot = TableStore.open(table, options)) {
        Plan scan = Plan.Scan.of(new SnapshotSource(snapshot));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int left = WARM; left > 0; left--) {
          sum(scan);
          if (options.readMode() == ReadMode.MAPPED && !KernelsInUse.sumIsSimd()) {
            left = WARM;
            if (System.nanoTime() > end) {
              System.out.println(SCALAR);
              return;
            }
          }
        }
        System.out.println("begin");
        System.out.flush();
        // Where SIMD reads the mapping most of the time is for sums.
        int turn = options.readMode() == ReadMode.MAPPED ? 200 : 20;
        for (int i = 1; ; i++) {
          if (i % turn == 0) {
            write(scan, target.resolve("copy-" + i));
          } else {
            sum(scan);
          }
        }
      } catch (CorruptColumnException e) {
        System.out.println("fault: " + e.getMessage());
      }
      try (Snapshot snapshot = TableStore.open(other)) {
        sum(Plan.Scan.of(new SnapshotSource(snapshot)));
      }
      System.out.println("goes on");
    }

    private static void sum(Plan scan) {
      Plan sum =
          Plan.Aggregate.of(
              scan,
              List.of(),
              List.of(
                  new Named(
                      "sum",
                      new Expression.Aggregate(
                          AggregateFunction.SUM, List.of(new Expression.Column("x")), 0))));
      Executor.collect(sum, QueryOptions.defaults()).close();
    }

    private static void write(Plan scan, Path copy) {
      try (TableWriter writer = TableWriter.create(copy, scan.schema(), WriteOptions.DEFAULT)) {
        try {
          Executor.write(scan, QueryOptions.defaults(), writer);
        } catch (RuntimeException | Error e) {
          writer.abort();
          throw e;
        }
      }
    }
  }

  @Test
  void guardedReadersAlwaysSurvive() throws Exception {
    int trials = Reliability.Form.of(1, 100);
    assertThat(survivors(ReadMode.GUARDED, false, trials)).isEqualTo(trials);
  }

  @Test
  void mappedReadersSurviveToo() throws Exception {
    assumeTrue(Kernels.simd().isPresent(), "without SIMD nobody dies");
    int trials = Reliability.Form.of(1, 100);
    assertThat(survivors(ReadMode.MAPPED, false, trials)).isEqualTo(trials);
  }

  /** Else the figure of the mapped readers would say nothing. */
  @Test
  void mappedReadersWhoseFaultsAreNotCatchableDie() throws Exception {
    assumeTrue(Kernels.simd().isPresent(), "without SIMD nobody dies");
    if (Reliability.Form.LONG) {
      assertThat(survivors(ReadMode.MAPPED, true, 20)).isLessThanOrEqualTo(5);
    } else {
      assertThat(someMappedReaderDies()).isTrue();
    }
  }

  /** Whether one of a few does; a cut at an unusual moment meets no SIMD loop. */
  private boolean someMappedReaderDies() throws Exception {
    for (int i = 0; i < 4; i++) {
      if (survivors(ReadMode.MAPPED, true, 1) == 0) {
        return true;
      }
    }
    return false;
  }

  private int survivors(ReadMode mode, boolean uncatchable, int trials) throws Exception {
    List<String> classPath = new ArrayList<>();
    if (uncatchable) {
      classPath.add(UncatchableFaults.write(directory.resolve("classes")).toString());
    }
    classPath.add(System.getProperty("java.class.path"));
    SplittableRandom random = new SplittableRandom(SEED);
    Path other = directory.resolve("other");
    create(other);
    int survivors = 0;
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      Path table = directory.resolve("table-" + i);
      Path target = Files.createDirectory(directory.resolve("target-" + i));
      create(table);
      Process reader = start(table, other, target, mode, classPath);
      try (BufferedReader output = reader.inputReader(StandardCharsets.UTF_8)) {
        String line = output.readLine();
        assumeFalse(SCALAR.equals(line), "SIMD did not get into use in a minute");
        assertThat(line).isEqualTo("begin");
        Thread.sleep(random.nextInt(50));
        cut(table);
        List<String> said = output.readAllLines();
        boolean survived = reader.waitFor(60, TimeUnit.SECONDS) && reader.exitValue() == 0;
        survivors += survived ? 1 : 0;
        if (survived
            && !(said.getFirst()
                    .matches("fault: block \\d+ of column 'x' of .* \\(c0-x-1\\.f64\\).*")
                && said.getLast().equals("goes on"))) {
          problems.add("trial " + i + ": " + said);
        }
      } finally {
        reader.destroyForcibly();
      }
      // What was written before the cut is whole; the copy under way was not committed.
      try (Stream<Path> copies = Files.list(target)) {
        for (Path copy : copies.toList()) {
          if (TableStore.exists(copy)) {
            try (Snapshot snapshot = TableStore.open(copy)) {
              if (snapshot.rowCount() != ROWS || !isWhole(snapshot)) {
                problems.add("trial " + i + ": " + copy + " holds what was computed after a fault");
              }
            }
          }
        }
      }
      delete(table);
      delete(target);
    }
    Reliability.Form.report(
        String.format(
            "%d of %d %s readers%s survived a truncation, %d bad",
            survivors,
            trials,
            mode,
            uncatchable ? " with uncatchable faults" : "",
            problems.size()));
    assertThat(problems).isEmpty();
    return survivors;
  }

  private static boolean isWhole(Snapshot snapshot) {
    for (long row = 0; row < ROWS; row += 4096) {
      int n = (int) Math.min(4096, ROWS - row);
      Vector vector = snapshot.column(0).vector(row, n);
      for (int i = 0; i < n; i++) {
        if (vector.doubleAt(i) != row + i + 0.5) {
          return false;
        }
      }
    }
    return true;
  }

  private static void create(Path table) {
    try (TableWriter writer =
            TableWriter.create(
                table,
                Schema.of("x", DataType.F64),
                WriteOptions.DEFAULT.withEncoding(EncodingChoice.PLAIN));
        Arena arena = Arena.ofConfined()) {
      int step = 100_000;
      for (int from = 0; from < ROWS; from += step) {
        List<Object> rows = new ArrayList<>(step);
        for (int i = 0; i < step; i++) {
          rows.add(from + i + 0.5);
        }
        writer.write(new Vector[] {Vectors.plain(DataType.F64, rows, arena)}, step);
      }
    }
  }

  private static Process start(
      Path table, Path other, Path target, ReadMode mode, List<String> classPath)
      throws IOException {
    List<String> options =
        List.of(
            "-Xmx256m",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED");
    return Child.builder(
            List.of(),
            options,
            String.join(File.pathSeparator, classPath),
            Reader.class,
            table.toString(),
            other.toString(),
            target.toString(),
            mode.name())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void cut(Path table) throws IOException {
    try (FileChannel channel =
        FileChannel.open(table.resolve("c0-x-1.f64"), StandardOpenOption.WRITE)) {
      channel.truncate(4096);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
