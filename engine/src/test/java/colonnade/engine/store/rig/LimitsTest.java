package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.engine.store.Snapshot;
import colonnade.engine.store.StorageFailure;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.WriteOptions;
import colonnade.error.StorageException;
import colonnade.rig.Child;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process at one of its limits gets an error that names the limit, and goes on below it. */
@Reliability
class LimitsTest {
  @TempDir(factory = RamDirectory.class)
  Path directory;

  /** The process with the limits: prints what is wrong, or that nothing is. */
  static final class Limited {
    private Limited() {}

    public static void main(String[] args) throws Exception {
      History history = new History(5);
      Path table = Path.of(args[0]);
      // All classes are loaded while there are descriptors.
      history.lead(table, 1);
      history.lead(table, 2);
      Inspection.of(table, history);
      StorageFailure.of(table, "load", new IOException("Too many open files"));
      withoutDescriptors(history, table);
      withoutMappings(table);
      Inspection after = Inspection.of(table, history);
      history.lead(table, 3);
      System.out.println(after.problem() == null ? "goes on" : after.problem());
    }

    private static void withoutDescriptors(History history, Path table) throws IOException {
      List<FileInputStream> hoard = new ArrayList<>();
      try {
        while (true) {
          hoard.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        // All are taken.
      }
      try {
        expect("open", () -> TableStore.open(table).close(), "ulimit -n");
        expect("write", () -> history.step(table, WriteOptions.DEFAULT, g -> {}), "ulimit -n");
      } finally {
        for (FileInputStream file : hoard) {
          file.close();
        }
      }
    }

    private static void withoutMappings(Path table) throws Exception {
      List<Snapshot> open = new ArrayList<>();
      expect(
          "map",
          () -> {
            while (true) {
              Snapshot snapshot = TableStore.open(table);
              open.add(snapshot);
              for (int c = 0; c < snapshot.schema().size(); c++) {
                snapshot.column(c);
              }
            }
          },
          "colonnade.maxMappings");
      Thread thread = new Thread(() -> System.out.println("started a thread"));
      thread.start();
      thread.join();
      open.forEach(Snapshot::close);
    }

    private static void expect(String what, Runnable work, String remedy) {
      try {
        work.run();
        System.out.println(what + " did not fail");
      } catch (StorageException e) {
        if (!e.remedy().contains(remedy)) {
          System.out.println(what + ": " + e);
        }
      }
    }
  }

  @Test
  void namesTheLimitAndGoesOnBelowIt() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux") && Files.isExecutable(Path.of("/bin/sh")),
        "limits need Linux");
    Process limited =
        Child.builder(
                List.of("/bin/sh", "-c", "ulimit -n 200 && exec \"$@\"", "sh"),
                List.of("-Xmx128m", "-XX:-MaxFDLimit", "-Dcolonnade.maxMappings=40"),
                Limited.class,
                directory.resolve("table").toString())
            .redirectErrorStream(true)
            .start();
    try (var stream = limited.getInputStream()) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines())
          .containsExactly("started a thread", "goes on");
    } finally {
      limited.destroyForcibly();
    }
  }
}
