package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.WriteOptions;
import colonnade.rig.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes is killed at any moment; the table opens at a committed generation, not
 * older than the last that was acknowledged, and the next process writes on.
 */
@Reliability
class KillTest {
  private static final long SEED = Long.getLong("seed", 20_261_101);
  private static final int MAX_LIFE_MILLIS = 60;

  @TempDir(factory = RamDirectory.class)
  Path directory;

  /** The process to be killed: commits for ever, and says so. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      Path table = Path.of(args[0]);
      History history = new History(5);
      // A first life elsewhere loads the classes, so that the parent's clock meets commits.
      history.lead(Path.of(args[1]), History.ROUND);
      say("begin");
      while (true) {
        history.step(table, WriteOptions.DEFAULT, generation -> say("committed " + generation));
      }
    }

    private static void say(String text) {
      System.out.println(text);
      System.out.flush();
    }
  }

  @Test
  void survivesTheEndOfItsWriter() throws Exception {
    History history = new History(5);
    SplittableRandom random = new SplittableRandom(SEED);
    Path table = directory.resolve("table");
    int kills = Reliability.Form.of(10, 1_000);
    long acknowledged = 0;
    long commits = 0;
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      Process writer =
          Child.start(Writer.class, table.toString(), directory.resolve("warm-" + i).toString());
      try (BufferedReader output = writer.inputReader(StandardCharsets.UTF_8)) {
        String begin = output.readLine();
        assertThat(begin).isEqualTo("begin");
        Thread.sleep(random.nextInt(MAX_LIFE_MILLIS + 1));
        // The process's own method would close the stream that is still to be read.
        writer.toHandle().destroyForcibly();
        for (String line : lines(output)) {
          if (line.matches("committed \\d+")) {
            acknowledged = Long.parseLong(line.substring("committed ".length()));
            commits++;
          } else {
            problems.add("kill " + i + ": " + line);
          }
        }
      } finally {
        writer.destroyForcibly();
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      Inspection found = Inspection.of(table, history);
      if (found.problem() != null || found.generation() < acknowledged) {
        problems.add("kill " + i + ": acknowledged " + acknowledged + ", " + found);
      }
    }
    Reliability.Form.report(
        String.format(
            "%,d kills among %,d acknowledged commits: %d bad", kills, commits, problems.size()));
    assertThat(problems).isEmpty();
    assertThat(commits).isPositive();
  }

  /** All lines to the end; the last may be cut. */
  private static List<String> lines(BufferedReader output) throws IOException {
    StringBuilder all = new StringBuilder();
    try {
      for (int c = output.read(); c >= 0; c = output.read()) {
        all.append((char) c);
      }
    } catch (IOException e) {
      // The stream of a process that was killed may be closed under its reader.
    }
    int end = all.lastIndexOf("\n");
    return end < 0 ? List.of() : all.substring(0, end).lines().toList();
  }
}
