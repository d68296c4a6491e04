package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import colonnade.engine.store.format.FileName;
import colonnade.engine.store.rig.FaultyStorage;
import colonnade.error.LockedException;
import colonnade.error.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks hold between processes of both kinds, and no reader goes on without one by mischance. */
class OpenFileLockTest {
  @TempDir Path directory;

  @BeforeEach
  void table() {
    Tables.longs(directory, 0, 10);
  }

  /** The other process: tries to write, and to remove the generation that is not the newest. */
  static final class Rival {
    private Rival() {}

    public static void main(String[] args) throws IOException {
      Path table = Path.of(args[0]);
      try {
        TableLock.acquire(table).close();
        System.out.println("locked");
      } catch (LockedException e) {
        System.out.println(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      }
      boolean gone =
          GenerationPin.removeUnlessHeld(
              Storage.local(), table.toRealPath().resolve(FileName.manifest(1)));
      System.out.println("removed " + gone);
    }
  }

  private List<String> rival(boolean nativeAccess) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (nativeAccess) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Rival.class.getName(),
            directory.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      return output.lines().toList();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepOutProcessesOfBothKinds(boolean nativeAccess) throws Exception {
    Tables.append(directory, colonnade.DataType.I64, List.of(10L), WriteOptions.DEFAULT);
    try (TableLock lock = TableLock.acquire(directory);
        Snapshot held = TableStore.open(directory, 1)) {
      List<String> said = rival(nativeAccess);
      assertThat(said.getFirst())
          .contains("is being written by " + lock.holder())
          .contains("process " + ProcessHandle.current().pid() + " on host ");
      assertThat(said.getLast()).isEqualTo("removed false");
      assertThat(held.isClosed()).isFalse();
    }
    assertThat(rival(nativeAccess)).containsExactly("locked", "removed true");
  }

  /** A lock of POSIX would be gone: of the process, not of the file that was opened. */
  @Test
  void stayWhenTheProcessOpensAndClosesTheSameFiles() throws Exception {
    assumeThat(OpenFileLock.isAvailable()).as("native access on Linux").isTrue();
    try (TableLock lock = TableLock.acquire(directory);
        Snapshot held = TableStore.open(directory)) {
      assertThat(Files.readString(directory.resolve(FileName.LOCK))).startsWith(lock.holder());
      assertThat(Files.readAllBytes(directory.resolve(FileName.manifest(1)))).isNotEmpty();
      List<String> said = rival(true);
      assertThat(said.getFirst()).contains("is being written by");
      assertThat(said.getLast()).isEqualTo("removed false");
      assertThat(held.isClosed()).isFalse();
    }
  }

  @Test
  void refusesToReadUnprotectedAfterAFailureThatMayPass() {
    FaultyStorage faulty = new FaultyStorage("tryLock", "Input/output error");
    faulty.arm();
    assertThatThrownBy(() -> TableStore.open(directory, faulty))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Input/output error");
    assertThat(faulty.openFiles()).isZero();
    TableStore.open(directory, faulty).close();
  }

  @Test
  void readsWhereTheFileSystemHasNoLocks() {
    FaultyStorage faulty = new FaultyStorage("tryLock", "No locks available");
    faulty.armForEver();
    try (Snapshot snapshot = TableStore.open(directory, faulty)) {
      assertThat(Vectors.values(snapshot.column(0), 8)).isEqualTo(Tables.range(0, 10));
    }
    assertThat(faulty.failed()).isPositive();
    assertThat(faulty.openFiles()).isZero();
  }
}
