package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.FlushPolicy;
import colonnade.Schema;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.rig.FaultyStorage;
import colonnade.error.ClosedException;
import colonnade.error.LockedException;
import colonnade.error.StorageException;
import colonnade.error.TypeMismatchException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generations: when they appear, what they survive, who keeps them. */
class CommitTest {
  private static final Schema LONGS = Schema.of("x", DataType.I64);

  @TempDir Path directory;

  @Test
  void opensAtItsLastCheckpointAfterACrash() throws IOException {
    Path table = directory.resolve("table");
    Path crashed = directory.resolve("crashed");
    try (TableWriter writer = TableWriter.create(table, LONGS, Tables.PLAIN)) {
      Tables.write(writer, DataType.I64, Tables.range(0, 1000));
      writer.checkpoint();
      Tables.write(writer, DataType.I64, Tables.range(1000, 300_000));
      Tables.copy(table, crashed);
      try (Snapshot snapshot = TableStore.open(crashed)) {
        assertThat(snapshot.tails())
            .singleElement()
            .satisfies(tail -> {
              assertThat(tail.committedBytes()).isEqualTo(8000);
              assertThat(tail.actualBytes()).isGreaterThan(8000);
            });
      }
      Map<String, byte[]> before = Tables.contents(crashed);
      assertThat(Tables.rows(crashed)).isEqualTo(Tables.range(0, 1000));
      assertThat(Verifier.verify(crashed).isSound()).isTrue();
      assertThat(Verifier.verify(crashed).findings())
          .allMatch(finding -> finding.kind() == Finding.Kind.LEFTOVER)
          .anyMatch(finding -> finding.problem().contains("of an append that was not finished"));
      assertThat(Tables.contents(crashed)).containsExactlyEntriesOf(before);
    }
    assertThat(Tables.rows(table)).isEqualTo(Tables.range(0, 300_000));
    Tables.append(crashed, DataType.I64, Tables.range(1000, 1001), WriteOptions.DEFAULT);
    assertThat(Tables.rows(crashed)).isEqualTo(Tables.range(0, 1001));
    Tables.assertClean(crashed);
  }

  @Test
  void cutsTheTailOfACrashedWriterBeforeItWrites() throws IOException {
    Tables.longs(directory, 0, 100_000);
    Path values = Tables.file(directory, ".i64");
    Path sums = Tables.file(directory, ".i64.crc");
    long length = Files.size(values);
    byte[] committedSums = Files.readAllBytes(sums);
    Files.write(values, new byte[70_000], java.nio.file.StandardOpenOption.APPEND);
    Files.write(sums, new byte[5], java.nio.file.StandardOpenOption.APPEND);
    Path orphan = Files.createFile(directory.resolve("c0-x-2.valid"));
    Path temporary = Files.createFile(directory.resolve("tmp-1-2-ab"));
    Path foreign = Files.createFile(directory.resolve("notes.txt"));
    TableWriter.append(directory, WriteOptions.DEFAULT).close();
    assertThat(values).hasSize(length);
    assertThat(sums).hasBinaryContent(committedSums);
    assertThat(orphan).doesNotExist();
    assertThat(temporary).doesNotExist();
    assertThat(foreign).exists();
    assertThat(TableStore.generations(directory)).containsExactly(1L);
  }

  @Test
  void keepsWhatAReaderHasOpenWhileAWriterAppendsAndReplaces() throws IOException {
    Tables.longs(directory, 0, 100_000);
    try (Snapshot first = TableStore.open(directory)) {
      for (int i = 0; i < 5; i++) {
        Tables.append(
            directory, DataType.I64, Tables.range(100_000 + i, 100_001 + i), WriteOptions.DEFAULT);
      }
      for (int i = 0; i < 3; i++) {
        Tables.longs(directory, 7, 9);
      }
      // Mapped only now, long after its generation was replaced.
      assertThat(Vectors.values(first.column(0), 4096)).isEqualTo(Tables.range(0, 100_000));
      assertThat(TableStore.generations(directory)).contains(1L).hasSize(3);
    }
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(7, 9));
    Tables.append(directory, DataType.I64, List.of(9L), WriteOptions.DEFAULT);
    assertThat(TableStore.generations(directory)).doesNotContain(1L);
    assertThat(directory.resolve("c0-x-1.i64")).doesNotExist();
    Tables.assertClean(directory);
  }

  @Test
  void opensTheNewTableAtAPathWhoseOldTableWasDeletedWhileStillRead() throws IOException {
    Path table = directory.resolve("table");
    Tables.longs(table, 0, 10);
    try (Snapshot old = TableStore.open(table)) {
      MappedColumn column = old.column(0);
      for (String name : Tables.contents(table).keySet()) {
        Files.delete(table.resolve(name));
      }
      Tables.longs(table, 20, 25);
      assertThat(Tables.rows(table)).isEqualTo(Tables.range(20, 25));
      assertThat(Vectors.values(column, 8)).isEqualTo(Tables.range(0, 10));
    }
    assertThat(Tables.rows(table)).isEqualTo(Tables.range(20, 25));
  }

  @Test
  void keepsThePreviousGenerationReadable() {
    Tables.longs(directory, 0, 10);
    Tables.longs(directory, 50, 60);
    try (Snapshot previous = TableStore.open(directory, 1)) {
      assertThat(Vectors.values(previous.column(0), 8)).isEqualTo(Tables.range(0, 10));
    }
    try (Snapshot newest = TableStore.open(directory)) {
      assertThat(newest.generation()).isEqualTo(2);
      assertThat(newest.manifest().parent()).isEqualTo(1);
    }
  }

  @Test
  void leavesTheOldTableInPlaceUntilTheFirstCommitOfTheNewOne() {
    Tables.longs(directory, 0, 10);
    try (TableWriter writer = TableWriter.create(directory, LONGS, Tables.PLAIN)) {
      Tables.write(writer, DataType.I64, Tables.range(5, 6));
      assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 10));
    }
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(5, 6));
  }

  @Test
  void takesBackEverythingThatWasNotCommittedOnAbort() throws IOException {
    Tables.longs(directory, 0, 70_000);
    Map<String, byte[]> before = Tables.contents(directory);
    TableWriter append = TableWriter.append(directory, WriteOptions.DEFAULT);
    Tables.write(append, DataType.I64, Tables.range(0, 300_000));
    append.abort();
    assertThat(Tables.contents(directory)).containsExactlyEntriesOf(before);
    TableWriter create = TableWriter.create(directory, LONGS, Tables.PLAIN);
    Tables.write(create, DataType.I64, Tables.range(0, 300_000));
    create.abort();
    assertThat(Tables.contents(directory)).containsExactlyEntriesOf(before);
    Tables.append(directory, DataType.I64, List.of(), WriteOptions.DEFAULT);
  }

  @Test
  void commitsAnEmptyTableOnClose() {
    TableWriter.create(directory, LONGS, Tables.PLAIN).close();
    assertThat(Tables.rows(directory)).isEmpty();
    TableWriter.create(directory.resolve("none"), Schema.of(), WriteOptions.DEFAULT).close();
    try (Snapshot none = TableStore.open(directory.resolve("none"))) {
      assertThat(none.schema().size()).isZero();
      assertThat(none.blockCount()).isZero();
    }
  }

  @Test
  void checkpointsWhenTheFlushPolicyAsksForIt() {
    AtomicLong clock = new AtomicLong();
    WriteOptions options =
        WriteOptions.DEFAULT
            .withFlushPolicy(FlushPolicy.rows(100).or(Duration.ofSeconds(30)))
            .withNanoClock(clock::get);
    try (TableWriter writer = TableWriter.create(directory, LONGS, options)) {
      Tables.write(writer, DataType.I64, Tables.range(0, 99));
      assertThat(TableStore.exists(directory)).isFalse();
      Tables.write(writer, DataType.I64, Tables.range(99, 100));
      assertThat(writer.generation()).isEqualTo(1);
      Tables.write(writer, DataType.I64, Tables.range(100, 101));
      assertThat(writer.generation()).isEqualTo(1);
      clock.set(Duration.ofSeconds(30).toNanos());
      Tables.write(writer, DataType.I64, Tables.range(101, 102));
      assertThat(writer.generation()).isEqualTo(2);
      assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 102));
      writer.checkpoint();
      assertThat(writer.generation()).isEqualTo(2);
    }
    assertThat(TableStore.generations(directory)).containsExactly(2L, 1L);
  }

  @Test
  void refusesASecondWriterAndNamesTheFirst() {
    try (TableWriter first = TableWriter.create(directory, LONGS, Tables.PLAIN)) {
      assertThatThrownBy(() -> TableWriter.create(directory, LONGS, WriteOptions.DEFAULT))
          .isInstanceOf(LockedException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " on host ");
      first.checkpoint();
      assertThatThrownBy(() -> TableWriter.append(directory, WriteOptions.DEFAULT))
          .isInstanceOf(LockedException.class);
      Path otherSpelling = directory.resolve("..").resolve(directory.getFileName());
      assertThatThrownBy(() -> TableEdit.open(otherSpelling, WriteOptions.DEFAULT))
          .isInstanceOf(LockedException.class);
    }
    TableWriter.append(directory, WriteOptions.DEFAULT).close();
  }

  @Test
  void neverOverwritesAGenerationOfAWriterThatGotPastTheLock() throws IOException {
    Tables.longs(directory, 0, 10);
    TableWriter writer = TableWriter.append(directory, WriteOptions.DEFAULT);
    Tables.write(writer, DataType.I64, Tables.range(10, 20));
    byte[] other = "another writer's".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Path taken = directory.resolve(FileName.manifest(2));
    Files.write(taken, other);
    assertThatThrownBy(writer::checkpoint).isInstanceOf(LockedException.class);
    writer.close();
    assertThat(taken).hasBinaryContent(other);
  }

  @Test
  void isOfNoUseAfterAFailedWriteAndLeavesTheTableAsItWas() throws IOException {
    Tables.longs(directory, 0, 10);
    Map<String, byte[]> before = Tables.contents(directory);
    for (String operation : List.of("write", "sync", "link", "syncDirectory")) {
      FaultyStorage faulty = new FaultyStorage(operation, "No space left on device");
      TableWriter writer = TableWriter.append(directory, WriteOptions.DEFAULT.withStorage(faulty));
      Tables.write(writer, DataType.I64, Tables.range(0, 10));
      faulty.arm();
      assertThatThrownBy(writer::checkpoint)
          .as(operation)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("Free some space");
      assertThatThrownBy(() -> Tables.write(writer, DataType.I64, Tables.range(0, 10)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("has failed before");
      writer.close();
      assertThat(Tables.contents(directory)).as(operation).containsExactlyEntriesOf(before);
    }
  }

  @Test
  void renamesWhereThereAreNoHardLinks() {
    FaultyStorage noLinks = new FaultyStorage("link", "Operation not permitted");
    noLinks.armForEver();
    Tables.create(
        directory, DataType.I64, Tables.range(0, 10), WriteOptions.DEFAULT.withStorage(noLinks));
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 10));
    Tables.assertClean(directory);
  }

  @Test
  void refusesAWrongTypeBeforeItWritesAnything() throws IOException {
    try (TableWriter writer = TableWriter.create(directory, LONGS, Tables.PLAIN);
        Arena arena = Arena.ofConfined()) {
      Vector doubles = Vectors.plain(DataType.F64, List.of(1.0), arena);
      assertThatThrownBy(() -> writer.write(new Vector[] {doubles}, 1))
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContaining("column 'x'")
          .hasMessageContaining("is i64, but the values are f64");
      Tables.write(writer, DataType.I64, List.of(1L));
    }
    assertThat(Tables.rows(directory)).isEqualTo(List.of(1L));
  }

  @Test
  void saysThatItIsClosed() {
    TableWriter writer = TableWriter.create(directory, LONGS, Tables.PLAIN);
    writer.close();
    writer.close();
    assertThatThrownBy(() -> Tables.write(writer, DataType.I64, List.of(1L)))
        .isInstanceOf(ClosedException.class);
    Snapshot snapshot = TableStore.open(directory);
    snapshot.close();
    snapshot.close();
    assertThatThrownBy(() -> snapshot.column(0)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> snapshot.blockStatistics(0, 0)).isInstanceOf(ClosedException.class);
  }

  @Test
  void unmapsOnCloseAndTranslatesTheErrorOfALateReader() {
    Tables.longs(directory, 0, 100);
    Snapshot snapshot = TableStore.open(directory);
    MappedColumn column = snapshot.column(0);
    Vector vector = column.vector(0, 100);
    assertThat(vector.longAt(99)).isEqualTo(99);
    snapshot.close();
    assertThatThrownBy(() -> column.vector(0, 100)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> vector.longAt(99))
        .isInstanceOfSatisfying(
            IllegalStateException.class,
            e -> assertThat(snapshot.translate(e)).isInstanceOf(ClosedException.class));
  }
}
