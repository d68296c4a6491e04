package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Retention;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers in threads and in another process open, map and read while a writer replaces the table
 * and removes what nobody holds. Each generation has one number in all its rows, so a mixture
 * shows.
 */
class ReadersAndWriterTest {
  private static final int GENERATIONS = 150;

  @TempDir Path directory;

  /** Reads until its input ends; returns how often, or fails. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws IOException {
      long opened = 0;
      System.out.println("ready");
      while (System.in.available() == 0) {
        readOnce(Path.of(args[0]), 0);
        opened++;
      }
      System.out.println("opened " + opened);
    }
  }

  /**
   * The number in the newest generation; fails if it is a mixture, or older than {@code before}.
   */
  private static long readOnce(Path table, long before) {
    try (Snapshot snapshot = TableStore.open(table)) {
      Thread.yield();
      List<Object> rows = new ArrayList<>(Vectors.values(snapshot.column(0), 1024));
      long number = (Long) rows.getFirst();
      if (!rows.equals(Collections.nCopies(rows.size(), number))
          || rows.size() != 1000 + number
          || number < before) {
        throw new AssertionError(
            "generation " + snapshot.generation() + " after " + before + ": " + rows);
      }
      return number;
    }
  }

  @Test
  void readersNeverSeeAMixtureAnOlderStateOrAMissingFile() throws Exception {
    replace(0);
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2);
        BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).isEqualTo("ready");
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(
            threads.submit(() -> {
              long last = 0;
              while (!done.get()) {
                last = readOnce(directory, last);
              }
              return readOnce(directory, last);
            }));
      }
      try {
        for (int i = 1; i < GENERATIONS; i++) {
          replace(i);
        }
      } finally {
        done.set(true);
        child.outputWriter().append('x').close();
      }
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).isEqualTo(GENERATIONS - 1);
      }
      assertThat(output.readLine()).startsWith("opened ");
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isZero();
    } finally {
      child.destroyForcibly();
    }
    replace(GENERATIONS);
    assertThat(TableStore.generations(directory)).hasSize(2);
    Tables.assertClean(directory);
  }

  private void replace(long number) {
    Tables.create(
        directory,
        DataType.I64,
        Collections.nCopies((int) (1000 + number), number),
        WriteOptions.DEFAULT.withRetention(Retention.generations(2)));
  }
}
