package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.ManifestText;
import colonnade.engine.store.rig.FaultyStorage;
import colonnade.error.ColonnadeException;
import colonnade.error.CorruptColumnException;
import colonnade.error.CorruptTableException;
import colonnade.error.NotATableException;
import colonnade.error.ReadOnlyException;
import colonnade.error.StorageException;
import colonnade.error.TableExistsException;
import colonnade.error.UnsupportedFormatException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each bad input is a typed error with place, cause and remedy, and no file changes by it. */
class BadInputTest {
  @TempDir Path directory;
  private Path table;

  @BeforeEach
  void goodTable() {
    table = directory.resolve("trips");
    try (TableWriter writer =
        TableWriter.create(table, Schema.of("fare", DataType.F64), Tables.PLAIN)) {
      Tables.write(writer, DataType.F64, java.util.Collections.nCopies(1000, 2.5));
    }
  }

  private void refuses(Class<? extends ColonnadeException> type, String... parts)
      throws IOException {
    Map<String, byte[]> before = Tables.contents(table);
    assertThatThrownBy(() -> TableStore.open(table))
        .isInstanceOfSatisfying(
            type,
            e -> {
              assertThat(e.place()).isNotEmpty();
              assertThat(e.remedy()).isNotEmpty();
              assertThat(e.getMessage()).contains(parts).endsWith(e.remedy());
            });
    assertThat(Tables.contents(table)).containsExactlyEntriesOf(before);
  }

  @Test
  void refusesAColumnThatIsShorterThanTheManifestSays() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(Tables.file(table, ".f64").toFile(), "rw")) {
      file.setLength(7992);
    }
    refuses(
        CorruptColumnException.class,
        "column 'fare' of " + table + " is 7,992 bytes",
        "the manifest says 1,000 rows of 8 bytes.\n",
        "The file was cut short after it was written. Restore it, or run `colonnade repair "
            + table);
  }

  @Test
  void ignoresWhatALongerColumnHasBeyondTheManifestAndNamesIt() throws IOException {
    Path file = Tables.file(table, ".f64");
    Files.write(file, new byte[100], java.nio.file.StandardOpenOption.APPEND);
    try (Snapshot snapshot = TableStore.open(table)) {
      assertThat(snapshot.tails())
          .containsExactly(new Tail(file.getFileName().toString(), 8000, 8100));
      assertThat(Vectors.values(snapshot.column(0), 8)).hasSize(1000).containsOnly(2.5);
    }
    assertThat(TableStat.of(table).tails()).hasSize(1);
    assertThat(file).hasSize(8100);
  }

  @Test
  void refusesATableWithoutAColumnFile() throws IOException {
    Files.delete(Tables.file(table, ".f64"));
    refuses(CorruptColumnException.class, "column 'fare' of ", "has lost its file c0-fare-1.f64");
  }

  @Test
  void refusesAColumnFileThatIsALink() throws IOException {
    Path file = Tables.file(table, ".f64");
    Path elsewhere = directory.resolve("secret");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    refuses(CorruptColumnException.class, "c0-fare-1.f64 is no regular file but a link");
  }

  @Test
  void refusesAColumnFileThatIsAPipeWithoutWaitingForIt() throws Exception {
    Path file = Tables.file(table, ".f64");
    Files.delete(file);
    Process mkfifo = new ProcessBuilder("mkfifo", file.toString()).start();
    assumeTrue(mkfifo.waitFor() == 0, "mkfifo makes pipes here");
    refuses(CorruptColumnException.class, "c0-fare-1.f64 is no regular file");
  }

  @Test
  void refusesAManifestThatIsALink() throws IOException {
    Path manifest = table.resolve(FileName.manifest(1));
    Path elsewhere = directory.resolve("manifest");
    Files.move(manifest, elsewhere);
    Files.createSymbolicLink(manifest, elsewhere);
    refuses(CorruptTableException.class, "manifest-000000000001 is no regular file");
  }

  @Test
  void refusesAFileNameThatLeavesTheDirectory() throws IOException {
    for (String name :
        List.of("../c0-fare-1.f64", "/etc/passwd", "c0-fare-1.f64/../../x", "LOCK")) {
      ManifestText.rewrite(
          table.resolve(FileName.manifest(1)),
          text -> text.replace("\"c0-fare-1.f64\"", "\"" + name + "\""));
      refuses(CorruptTableException.class, name, "no name that a table writes");
      ManifestText.rewrite(
          table.resolve(FileName.manifest(1)),
          text -> text.replace("\"" + name + "\"", "\"c0-fare-1.f64\""));
    }
    assertThat(Tables.rows(table)).hasSize(1000);
  }

  @Test
  void refusesAnUnknownVersionTypeEncodingOrMember() throws IOException {
    Map<String, String> changes =
        Map.of(
            "\"version\": 1", "\"version\": 3",
            "\"type\": \"f64\"", "\"type\": \"decimal\"",
            "\"encoding\": \"plain\"", "\"encoding\": \"runs\"",
            "\"sorted\": \"constant\"", "\"sorted\": \"by moonlight\"",
            "\"parent\": 0", "\"parent\": 0, \"patches\": []");
    for (Map.Entry<String, String> change : changes.entrySet()) {
      Path manifest = table.resolve(FileName.manifest(1));
      ManifestText.rewrite(manifest, text -> text.replace(change.getKey(), change.getValue()));
      refuses(UnsupportedFormatException.class, "A later version of Colonnade wrote it");
      ManifestText.rewrite(manifest, text -> text.replace(change.getValue(), change.getKey()));
    }
    assertThat(Tables.rows(table)).hasSize(1000);
  }

  @Test
  void refusesAManifestCutShort() throws IOException {
    Path manifest = table.resolve(FileName.manifest(1));
    byte[] bytes = Files.readAllBytes(manifest);
    Files.write(manifest, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    refuses(CorruptTableException.class, "is damaged", "it is cut short at");
    assertThatThrownBy(() -> TableWriter.append(table, WriteOptions.DEFAULT))
        .isInstanceOf(CorruptTableException.class);
    assertThat(Verifier.verify(table).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.DAMAGE));
  }

  @Test
  void refusesAManifestOfAnotherGeneration() throws IOException {
    Files.move(table.resolve(FileName.manifest(1)), table.resolve(FileName.manifest(4)));
    refuses(CorruptTableException.class, "its name says generation 4, its text 1");
  }

  @Test
  void refusesAManifestTooLargeToRead() throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(table.resolve(FileName.manifest(2)).toFile(), "rw")) {
      file.setLength(17 << 20);
    }
    assertThatThrownBy(() -> TableStore.open(table))
        .isInstanceOf(CorruptTableException.class)
        .hasMessageContaining("17,825,792 bytes");
  }

  @Test
  void replacesADamagedTableWhenAskedToCreate() throws IOException {
    Files.write(table.resolve(FileName.manifest(1)), new byte[10]);
    Tables.longs(table, 0, 10);
    assertThat(Tables.rows(table)).isEqualTo(Tables.range(0, 10));
    Tables.append(table, DataType.I64, Tables.range(10, 11), WriteOptions.DEFAULT);
    assertThat(Tables.rows(table)).isEqualTo(Tables.range(0, 11));
    TableWriter.append(table, WriteOptions.DEFAULT).close();
    Tables.assertClean(table);
  }

  @Test
  void saysWhatIsNoTable() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path file = Files.createFile(directory.resolve("file.csv"));
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> TableStore.open(empty))
        .isInstanceOf(NotATableException.class)
        .hasMessageContaining("has no manifest");
    assertThatThrownBy(() -> TableStore.open(file))
        .isInstanceOf(NotATableException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> TableStore.open(missing))
        .isInstanceOf(NotATableException.class)
        .hasMessageContaining("there is nothing at");
    assertThatThrownBy(() -> TableWriter.append(empty, WriteOptions.DEFAULT))
        .isInstanceOf(NotATableException.class);
    assertThatThrownBy(() -> TableWriter.append(missing, WriteOptions.DEFAULT))
        .isInstanceOf(NotATableException.class);
    assertThat(empty).isEmptyDirectory();
    assertThat(missing).doesNotExist();
    assertThat(TableStore.exists(empty)).isFalse();
    assertThat(TableStore.exists(file)).isFalse();
    assertThat(TableStore.exists(missing)).isFalse();
    assertThat(TableStore.exists(table)).isTrue();
  }

  @Test
  void doesNotCreateATableWhereOtherFilesAre() throws IOException {
    Path photos = Files.createDirectory(directory.resolve("photos"));
    Path photo = Files.writeString(photos.resolve("cat.jpg"), "miaow");
    assertThatThrownBy(() -> Tables.longs(photos, 0, 1))
        .isInstanceOf(TableExistsException.class)
        .hasMessageContaining("cat.jpg");
    assertThatThrownBy(() -> Tables.longs(photo, 0, 1)).isInstanceOf(TableExistsException.class);
    assertThat(photos).isDirectoryContaining("glob:**cat.jpg");
    assertThat(Files.list(photos)).hasSize(1);
  }

  @Test
  void saysThatAReadOnlyFileSystemCannotBeWritten() {
    FaultyStorage readOnly = new FaultyStorage("openLock", "Read-only file system");
    readOnly.armForEver();
    assertThatThrownBy(() -> TableLock.acquire(table, readOnly))
        .isInstanceOf(ReadOnlyException.class)
        .hasMessageContaining("READ_ONLY or COPY_ON_WRITE");
  }

  @Test
  void readsButDoesNotWriteInADirectoryWithoutWritePermission() throws IOException {
    Files.delete(table.resolve("LOCK"));
    assumeTrue(
        table.toFile().setWritable(false) && !Files.isWritable(table),
        "permissions bind this user");
    try {
      assertThat(Tables.rows(table)).hasSize(1000);
      assertThatThrownBy(() -> TableWriter.append(table, WriteOptions.DEFAULT))
          .isInstanceOf(ReadOnlyException.class)
          .hasMessageContaining("permission denied");
    } finally {
      assertThat(table.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void refusesDictionaryOffsetsOutOfOrder() throws IOException {
    Path text = directory.resolve("text");
    Tables.create(text, DataType.UTF8, List.of("aa", "bb", "cc"), WriteOptions.DEFAULT);
    try (RandomAccessFile file =
        new RandomAccessFile(Tables.file(text, ".dict.off").toFile(), "rw")) {
      file.seek(8);
      file.write(100);
    }
    try (Snapshot snapshot = TableStore.open(text)) {
      assertThatThrownBy(() -> snapshot.column(0))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("its dictionary offsets are out of order");
    }
  }

  @Test
  void refusesTextWhoseOffsetsDoNotEndWithItsBytes() throws IOException {
    Path text = directory.resolve("text");
    Tables.create(
        text,
        DataType.UTF8,
        List.of("aa", "bb", "cc"),
        WriteOptions.DEFAULT.withEncoding(EncodingChoice.PLAIN));
    try (RandomAccessFile file = new RandomAccessFile(Tables.file(text, ".off").toFile(), "rw")) {
      file.seek(24);
      file.write(7);
    }
    try (Snapshot snapshot = TableStore.open(text)) {
      assertThatThrownBy(() -> snapshot.column(0))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("its offsets go from 0 to 7, its bytes from 0 to 6");
    }
  }

  @Test
  void refusesChangedBlockStatisticsAndAChangedTailBeforeAnAppend() throws IOException {
    Path longs = directory.resolve("longs");
    Tables.longs(longs, 0, 70_000);
    flip(Tables.file(longs, ".stat"), 3);
    try (Snapshot snapshot = TableStore.open(longs)) {
      assertThatThrownBy(() -> snapshot.blockStatistics(0, 0))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("the block statistics in c0-x-1.stat");
    }
    flip(Tables.file(longs, ".stat"), 3);
    flip(Tables.file(longs, ".i64"), 70_000 * 8 - 1);
    assertThatThrownBy(() -> Tables.append(longs, DataType.I64, List.of(1L), WriteOptions.DEFAULT))
        .isInstanceOf(CorruptColumnException.class)
        .hasMessageContaining("c0-x-1.i64 does not have the checksum that the manifest states");
    assertThat(TableStore.generations(longs)).containsExactly(1L);
  }

  @Test
  void saysWhatToDoWhenTheSystemRefusesAMapping() {
    FaultyStorage faulty = new FaultyStorage("map", "Map failed");
    faulty.arm();
    try (Snapshot snapshot = TableStore.open(table, faulty)) {
      assertThatThrownBy(() -> snapshot.column(0))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("vm.max_map_count");
      assertThat(snapshot.column(0).rowCount()).isEqualTo(1000);
    }
  }

  static void flip(Path file, long offset) throws IOException {
    try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
      random.seek(offset);
      int old = random.read();
      random.seek(offset);
      random.write(old ^ 0x10);
    }
  }
}
