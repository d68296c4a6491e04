package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.error.LockedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks and pins hold between processes, and go with the process that had them. */
class OtherProcessTest {
  @TempDir Path directory;

  @BeforeEach
  void table() {
    Tables.longs(directory, 0, 100_000);
  }

  /** The other process: does as it is told, says so, and waits for its input to end. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws IOException {
      Path table = Path.of(args[1]);
      if (args[0].equals("write")) {
        try (TableWriter writer = TableWriter.append(table, WriteOptions.DEFAULT)) {
          Tables.write(writer, DataType.I64, Tables.range(100_000, 300_000));
          say("writing");
          System.in.read();
        }
      } else {
        try (Snapshot snapshot = TableStore.open(table)) {
          say("reading generation " + snapshot.generation());
          System.in.read();
          say("sum " + Tables.sum(snapshot.column(0)));
        }
      }
    }

    private static void say(String text) {
      System.out.println(text);
      System.out.flush();
    }
  }

  private Process start(String what) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                what,
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return process;
  }

  private static BufferedReader output(Process process) {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  @Test
  void refusesAWriterWhileAnotherProcessWritesAndNamesItUntilItDies() throws Exception {
    Process child = start("write");
    try {
      assertThat(output(child).readLine()).isEqualTo("writing");
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> TableWriter.append(directory, WriteOptions.DEFAULT))
            .isInstanceOf(LockedException.class)
            .hasMessageContaining("is being written by process " + child.pid() + " on host ")
            .hasMessageContaining(" since 2");
      }
      assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 100_000));
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    Tables.append(directory, DataType.I64, List.of(100_000L), WriteOptions.DEFAULT);
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 100_001));
    Tables.assertClean(directory);
  }

  @Test
  void keepsTheGenerationThatAnotherProcessReadsUntilItEnds() throws Exception {
    Process child = start("read");
    try {
      BufferedReader output = output(child);
      assertThat(output.readLine()).isEqualTo("reading generation 1");
      for (int i = 0; i < 4; i++) {
        Tables.longs(directory, i, i + 10);
      }
      assertThat(TableStore.generations(directory)).containsExactly(5L, 4L, 1L);
      child.outputWriter().close();
      assertThat(output.readLine()).isEqualTo("sum 4999950000");
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    Tables.longs(directory, 0, 1);
    assertThat(TableStore.generations(directory)).containsExactly(6L, 5L);
    assertThat(directory.resolve("c0-x-1.i64")).doesNotExist();
    Tables.assertClean(directory);
  }
}
