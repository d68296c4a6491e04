package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import colonnade.Checks;
import colonnade.DataType;
import colonnade.OpenOptions;
import colonnade.ReadMode;
import colonnade.Retention;
import colonnade.Schema;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.Home;
import colonnade.engine.store.rig.FaultyStorage;
import colonnade.engine.store.rig.InterposedStorage;
import colonnade.error.ColonnadeException;
import colonnade.error.CorruptColumnException;
import colonnade.error.LockedException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was copied from elsewhere is checked at the first touch, until somebody takes it in. */
class CopiedTableTest {
  private static final int ROWS = 20_000;

  @TempDir Path directory;
  private Path table;
  private Path copy;

  @BeforeEach
  void copyATable() throws IOException {
    table = directory.resolve("table");
    copy = directory.resolve("copy");
    Tables.longs(table, 0, ROWS);
    Tables.copy(table, copy);
    assumeThat(Storage.local().home(table)).isPresent();
  }

  @Test
  void checksTheCopyOnTouchAndSaysWhy() {
    assertThat(reading(table))
        .isEqualTo(new ReadAdvice(ReadMode.MAPPED, Checks.NEVER, reading(table).reason()));
    assertThat(reading(table).reason()).startsWith("on the local").doesNotContain("copied");
    assertThat(reading(copy).mode()).isEqualTo(ReadMode.MAPPED);
    assertThat(reading(copy).checks()).isEqualTo(Checks.ON_TOUCH);
    assertThat(reading(copy).toString())
        .contains("checked on touch", "copied here from elsewhere", "colonnade verify --adopt");
    assertThat(TableStat.of(copy).reading()).containsExactly(reading(copy));
    assertThat(Tables.rows(copy)).isEqualTo(Tables.rows(table));
  }

  @Test
  void findsAFlippedByteOfTheCopyUnaskedAndLeavesTheOriginalUnchecked() throws IOException {
    for (Path damaged : List.of(table, copy)) {
      flip(Tables.file(damaged, ".i64"), 8 * 5_000);
    }
    assertThatThrownBy(() -> Tables.rows(copy))
        .isInstanceOf(CorruptColumnException.class)
        .hasMessageContaining("column 'x'");
    assertThat(Tables.rows(table)).hasSize(ROWS);
  }

  @Test
  void doesWhatIsAskedForAllTheSame() throws IOException {
    flip(Tables.file(copy, ".i64"), 8 * 5_000);
    OpenOptions never = OpenOptions.DEFAULT.withChecks(Checks.NEVER);
    try (Snapshot snapshot = TableStore.open(copy, never)) {
      assertThat(snapshot.reading(0).checks()).isEqualTo(Checks.NEVER);
      assertThat(snapshot.reading(0).reason()).doesNotContain("copied");
      assertThat(Vectors.values(snapshot.column(0), 4096)).hasSize(ROWS);
    }
    OpenOptions guarded = OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED);
    try (Snapshot snapshot = TableStore.open(copy, guarded)) {
      assertThat(snapshot.reading(0).checks()).isEqualTo(Checks.ON_TOUCH);
      assertThat(snapshot.reading(0).reason()).startsWith("asked for; ").contains("copied");
    }
    OpenOptions onTouch = OpenOptions.DEFAULT.withChecks(Checks.ON_TOUCH);
    try (Snapshot snapshot = TableStore.open(table, onTouch)) {
      assertThat(snapshot.reading(0).checks()).isEqualTo(Checks.ON_TOUCH);
    }
  }

  @Test
  void staysAtHomeWhenItIsRenamedAndReachedByALink() throws IOException {
    Path parent = Files.createDirectory(directory.resolve("parent"));
    Files.move(table, parent.resolve("other"));
    Path moved = directory.resolve("moved");
    Files.move(parent, moved);
    assertAtHome(moved.resolve("other"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), moved.resolve("other"));
    assertAtHome(link);
  }

  @Test
  void isFromElsewhereWhenItWasRestoredToItsPath() throws Exception {
    // So that the directory was changed after it was made, by any clock.
    Thread.sleep(20);
    Tables.append(table, DataType.I64, List.of(1L), Tables.PLAIN);
    assumeThat(Storage.local().home(table).get().bornNanos()).isPresent();
    Path backup = directory.resolve("backup");
    Tables.copy(table, backup);
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(table);
    // Which most file systems do under the same number.
    Files.createDirectory(table);
    Thread.sleep(20);
    Tables.copy(backup, table);
    assertFromElsewhere(table);
  }

  @Test
  void tellsDirectoriesApartAsFarAsTheySay() {
    Home home = new Home(7, OptionalLong.of(99));
    assertThat(home.isSame(new Home(7, OptionalLong.of(99)))).isTrue();
    assertThat(home.isSame(new Home(7, OptionalLong.empty()))).isTrue();
    assertThat(new Home(7, OptionalLong.empty()).isSame(home)).isTrue();
    assertThat(home.isSame(new Home(7, OptionalLong.of(98)))).isFalse();
    assertThat(home.isSame(new Home(8, OptionalLong.of(99)))).isFalse();
    assertThat(home.isSame(new Home(8, OptionalLong.empty()))).isFalse();
  }

  @Test
  void isNotTakenInByCommitsThatNameItsFiles() throws IOException {
    Tables.append(copy, DataType.I64, List.of(1L, 2L), Tables.PLAIN);
    assertFromElsewhere(copy);
    try (TableEdit edit = TableEdit.open(copy, WriteOptions.DEFAULT)) {
      edit.rename("x", "y");
      edit.commit();
    }
    assertFromElsewhere(copy);
    try (TableLock lock = TableLock.acquire(copy, Storage.local())) {
      Republication.keep(lock, Retention.generations(5), WriteOptions.DEFAULT);
      assertFromElsewhere(copy);
      Republication.undo(lock, WriteOptions.DEFAULT);
      assertFromElsewhere(copy);
      // The first append after an undo copies the files that it found.
      Republication.restore(lock, 1, WriteOptions.DEFAULT);
    }
    Tables.append(copy, DataType.I64, List.of(3L), Tables.PLAIN);
    assertFromElsewhere(copy);
    flip(copy.resolve(newest(copy)), 8);
    Repair.repair(copy, WriteOptions.DEFAULT);
    assertFromElsewhere(copy);
    assertThat(Verifier.verify(copy).isSound()).isTrue();
  }

  @Test
  void isAtHomeWhenAllOfItIsWrittenAnewAndNotAfterThatIsUndone() {
    Tables.longs(copy, 5, 5 + ROWS);
    assertAtHome(copy);
    Tables.append(copy, DataType.I64, List.of(1L), Tables.PLAIN);
    assertAtHome(copy);
    try (Snapshot before = TableStore.open(copy, 1)) {
      assertThat(before.reading(0).checks()).isEqualTo(Checks.ON_TOUCH);
    }
    try (TableLock lock = TableLock.acquire(copy, Storage.local())) {
      Republication.restore(lock, 1, WriteOptions.DEFAULT);
      assertFromElsewhere(copy);
      Republication.restore(lock, 3, WriteOptions.DEFAULT);
      assertAtHome(copy);
    }
  }

  @Test
  void isTakenInOnceAllOfItWasFoundSound() throws IOException {
    Adoption.Outcome outcome = Adoption.adopt(copy, WriteOptions.DEFAULT);
    assertThat(outcome.verification().isSound()).isTrue();
    assertThat(outcome.verification().bytesRead()).isEqualTo(8L * ROWS);
    assertThat(outcome.published()).isEqualTo(2);
    assertAtHome(copy);
    assertThat(Tables.rows(copy)).isEqualTo(Tables.rows(table));
    assertThat(Generation.of(copy).getFirst().operation()).isEqualTo("adopt");
    try (Snapshot before = TableStore.open(copy, 1)) {
      assertThat(before.reading(0).checks()).isEqualTo(Checks.ON_TOUCH);
    }
    Map<String, byte[]> contents = Tables.contents(copy);
    assertThat(Adoption.adopt(copy, WriteOptions.DEFAULT).published()).isZero();
    assertThat(Tables.contents(copy)).containsOnlyKeys(contents.keySet());
    Tables.append(copy, DataType.I64, List.of(1L), Tables.PLAIN);
    assertAtHome(copy);
    Tables.assertClean(copy);
    Path again = directory.resolve("again");
    Tables.copy(copy, again);
    assertFromElsewhere(again);
  }

  @Test
  void isNotTakenInWhileItIsDamagedOrBeingWritten() throws IOException {
    TableLock held = TableLock.acquire(copy, Storage.local());
    try (held) {
      assertThatThrownBy(() -> Adoption.adopt(copy, WriteOptions.DEFAULT))
          .isInstanceOf(LockedException.class);
    }
    flip(Tables.file(copy, ".i64"), 8 * 5_000);
    Adoption.Outcome outcome = Adoption.adopt(copy, WriteOptions.DEFAULT);
    assertThat(outcome.verification().isSound()).isFalse();
    assertThat(outcome.published()).isZero();
    assertThat(TableStore.generations(copy)).containsExactly(1L);
    assertFromElsewhere(copy);
  }

  @Test
  void isTakenInOrLeftAsItIsWhicheverCallFails() throws IOException {
    for (long call = 1; ; call++) {
      Path trial = directory.resolve("trial-" + call);
      Tables.copy(copy, trial);
      FaultyStorage storage = new FaultyStorage(FaultyStorage.Fault.EIO, call, false);
      try {
        Adoption.adopt(trial, WriteOptions.DEFAULT.withStorage(storage));
      } catch (ColonnadeException e) {
        // What is there now counts.
      }
      assertThat(storage.openFiles()).isZero();
      assertThat(reading(trial).checks())
          .isEqualTo(TableStore.generations(trial).size() == 1 ? Checks.ON_TOUCH : Checks.NEVER);
      assertThat(Tables.rows(trial)).hasSize(ROWS);
      assertThat(Verifier.verify(trial).isSound()).isTrue();
      Adoption.adopt(trial, WriteOptions.DEFAULT);
      assertAtHome(trial);
      if (storage.failed() == 0) {
        break;
      }
    }
  }

  @Test
  void countsAsAtHomeWhereTheManifestOrTheSystemDoesNotSay() throws IOException {
    Storage silent = new Silent();
    Path other = directory.resolve("silent");
    Tables.create(
        other, DataType.I64, Tables.range(0, 9), WriteOptions.DEFAULT.withStorage(silent));
    Path copied = directory.resolve("silent-copy");
    Tables.copy(other, copied);
    assertAtHome(copied);
    try (Snapshot snapshot = TableStore.open(copy, silent)) {
      assertThat(snapshot.reading(0).checks()).isEqualTo(Checks.NEVER);
    }
    // A writer that cannot tell leaves it as it is, one that can begins to say.
    Tables.append(copy, DataType.I64, List.of(1L), WriteOptions.DEFAULT.withStorage(silent));
    assertFromElsewhere(copy);
    Tables.append(copied, DataType.I64, List.of(1L), WriteOptions.DEFAULT);
    Path again = directory.resolve("again");
    Tables.copy(copied, again);
    assertFromElsewhere(again);
    assertThat(Adoption.adopt(copy, WriteOptions.DEFAULT.withStorage(silent)).published()).isZero();
  }

  @Test
  void isCheckedWhereItsDirectoryCannotBeLookedAtAndNotWritten() {
    FaultyStorage storage = new FaultyStorage("home", "Input/output error");
    storage.arm();
    try (Snapshot snapshot = TableStore.open(table, storage)) {
      assertThat(snapshot.reading(0).checks()).isEqualTo(Checks.ON_TOUCH);
    }
    storage.armForEver();
    assertThatThrownBy(() ->
            Tables.append(
                table, DataType.I64, List.of(1L), WriteOptions.DEFAULT.withStorage(storage)))
        .isInstanceOf(StorageException.class);
    assertThat(Tables.rows(table)).hasSize(ROWS);
  }

  @Test
  void checksAnIndexFileBeforeItIsUsed() throws IOException {
    Path keyed = directory.resolve("keyed");
    try (Arena arena = Arena.ofConfined();
        TableWriter writer =
            TableWriter.create(keyed, Schema.of("k", DataType.I64), WriteOptions.DEFAULT)) {
      writer.index("k", Map.of(), arena.allocate(8 * 16));
    }
    Path copied = directory.resolve("keyed-copy");
    Tables.copy(keyed, copied);
    for (Path each : List.of(keyed, copied)) {
      try (Snapshot snapshot = TableStore.open(each)) {
        assertThat(snapshot.index(0).byteSize()).isEqualTo(8 * 16);
      }
      flip(Tables.file(each, ".index"), 40);
    }
    try (Snapshot snapshot = TableStore.open(keyed)) {
      assertThat(snapshot.index(0).byteSize()).isEqualTo(8 * 16);
    }
    try (Snapshot snapshot = TableStore.open(copied)) {
      assertThatThrownBy(() -> snapshot.index(0))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining(".index");
    }
  }

  private static ReadAdvice reading(Path table) {
    try (Snapshot snapshot = TableStore.open(table)) {
      return snapshot.reading(0);
    }
  }

  private static void assertAtHome(Path table) {
    assertThat(reading(table).checks()).isEqualTo(Checks.NEVER);
  }

  private static void assertFromElsewhere(Path table) {
    assertThat(reading(table).checks()).isEqualTo(Checks.ON_TOUCH);
  }

  private static String newest(Path table) {
    try (Snapshot snapshot = TableStore.open(table)) {
      return FileName.manifest(snapshot.generation());
    }
  }

  private static void flip(Path file, long offset) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(offset);
      int old = bytes.read();
      bytes.seek(offset);
      bytes.write(old ^ 1);
    }
  }

  /** The local file system, which does not tell directories apart. */
  private static final class Silent extends InterposedStorage {
    Silent() {
      super(Storage.local());
    }

    @Override
    public Optional<Home> home(Path path) {
      return Optional.empty();
    }

    @Override
    protected <T extends @Nullable Object> T around(Call call, Action<T> action)
        throws IOException {
      return action.run();
    }
  }
}
