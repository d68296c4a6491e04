package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.Access;
import colonnade.Checks;
import colonnade.DataType;
import colonnade.OpenOptions;
import colonnade.ReadMode;
import colonnade.engine.store.format.TableFormat;
import colonnade.engine.store.rig.FaultyStorage;
import colonnade.engine.store.rig.InterposedStorage;
import colonnade.error.CancelledException;
import colonnade.error.ClosedException;
import colonnade.error.CorruptColumnException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns that are mapped, copied or loaded, with checks and without. */
class ReadModeTest {
  private static final long SEED = Long.getLong("seed", 20_261_128);
  private static final int ROWS = 2 * TableFormat.BLOCK_ROWS + 4_099;

  @TempDir Path directory;
  private int tables;

  @ParameterizedTest
  @EnumSource(DataType.class)
  void showsTheSameValuesInEveryMode(DataType type) {
    SplittableRandom random = new SplittableRandom(SEED);
    int count = TableFormat.BLOCK_ROWS + 99;
    List<@Nullable Object> rows = Vectors.random(type, count, true, random);
    same(type, rows, Tables.PLAIN);
    // Few values, so that there are codes and dictionaries.
    List<@Nullable Object> few = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      few.add(rows.get(i % 50));
    }
    same(type, few, WriteOptions.DEFAULT);
    same(
        type,
        Collections.nCopies(count, rows.stream().filter(Objects::nonNull).findFirst().get()),
        WriteOptions.DEFAULT);
  }

  private void same(DataType type, List<? extends @Nullable Object> rows, WriteOptions writing) {
    Path table = directory.resolve("table-" + tables++);
    Tables.create(table, type, new ArrayList<>(rows), writing);
    for (OpenOptions options :
        List.of(
            OpenOptions.DEFAULT.withChecks(Checks.ON_TOUCH),
            OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED),
            OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED).withChecks(Checks.ON_TOUCH),
            OpenOptions.DEFAULT.withReadMode(ReadMode.LOADED))) {
      try (Snapshot snapshot = TableStore.open(table, options)) {
        MappedColumn column = snapshot.column(0);
        assertThat(Vectors.values(column, 4096)).as(options.toString()).isEqualTo(rows);
        boolean hasFiles =
            column.encoding() != Encoding.CONSTANT || column.statistics().nullCount() > 0;
        assertThat(column.isInPlace(0, 4096))
            .isEqualTo(options.readMode() != ReadMode.GUARDED || !hasFiles);
        if (options.readMode() == null) {
          // What was found sound is read in place.
          assertThat(Vectors.values(column, 4096)).isEqualTo(rows);
        }
      }
    }
    assertThat(MappingBudget.used()).isZero();
  }

  @ParameterizedTest
  @EnumSource(ReadMode.class)
  void findsAFlippedBitWhenItsBlockIsTouchedAndNotBefore(ReadMode mode) throws IOException {
    Path table = directory.resolve("t");
    Tables.longs(table, 0, ROWS);
    try (RandomAccessFile file = new RandomAccessFile(Tables.file(table, ".i64").toFile(), "rw")) {
      file.seek(8L * (TableFormat.BLOCK_ROWS + 5));
      file.write(1);
    }
    OpenOptions options = OpenOptions.DEFAULT.withReadMode(mode);
    try (Snapshot snapshot = TableStore.open(table, options)) {
      assertThat(Vectors.values(snapshot.column(0), 4096)).hasSize(ROWS);
    }
    try (Snapshot snapshot = TableStore.open(table, options.withChecks(Checks.ON_TOUCH))) {
      if (mode == ReadMode.LOADED) {
        assertThatThrownBy(() -> snapshot.column(0)).isInstanceOf(CorruptColumnException.class);
        return;
      }
      MappedColumn column = snapshot.column(0);
      assertThat(column.vector(0, TableFormat.BLOCK_ROWS).longAt(7)).isEqualTo(7);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> column.vector(TableFormat.BLOCK_ROWS, 4096))
            .isInstanceOf(CorruptColumnException.class)
            .hasMessageContaining("block 1 of column 'x'")
            .hasMessageContaining("bytes 524,288 to 589,823 of ")
            .hasMessageContaining(".i64");
      }
      assertThat(column.vector(2 * TableFormat.BLOCK_ROWS, 8).longAt(0)).isEqualTo(131_072);
    }
  }

  @Test
  void namesColumnBlockAndFileOfWhatWasCutShort() throws IOException {
    Path table = directory.resolve("t");
    Tables.longs(table, 0, ROWS);
    try (Snapshot snapshot = guarded(table)) {
      MappedColumn column = snapshot.column(0);
      cut(Tables.file(table, ".i64"), 8L * TableFormat.BLOCK_ROWS + 100);
      assertThat(column.vector(0, 4096).longAt(1)).isEqualTo(1);
      assertThatThrownBy(() -> column.vector(TableFormat.BLOCK_ROWS, 4096))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("block 1 of column 'x' of " + table + " (c0-x-1.i64)")
          .hasMessageContaining("the file ends at byte 524388");
      assertThat(column.fault(0, 8)).isNotNull();
    }
  }

  @Test
  void isOnlyCancelledForTheThreadThatIsInterrupted() {
    Path table = directory.resolve("t");
    Tables.longs(table, 0, 100);
    try (Snapshot snapshot = guarded(table)) {
      MappedColumn column = snapshot.column(0);
      for (int i = 0; i < 3; i++) {
        Thread.currentThread().interrupt();
        try {
          assertThatThrownBy(() -> column.vector(0, 100)).isInstanceOf(CancelledException.class);
        } finally {
          assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Tables.sum(column)).isEqualTo(4950);
      }
    }
  }

  @Test
  void saysWhatTheDiskSaidAndReadsOnWhenItCan() {
    Path table = directory.resolve("t");
    Tables.longs(table, 0, 100);
    FaultyStorage storage = new FaultyStorage("read", "Input/output error");
    OpenOptions options = OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED);
    try (Snapshot snapshot = TableStore.open(table, storage, options)) {
      MappedColumn column = snapshot.column(0);
      storage.arm();
      assertThatThrownBy(() -> column.vector(0, 100))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("block 0 of column 'x'")
          .hasMessageContaining("cannot be read")
          .hasMessageContaining("Input/output error");
      assertThat(Tables.sum(column)).isEqualTo(4950);
    }
  }

  @Test
  void readsNothingOfAFileThatTookThePlaceOfItsOwn() throws IOException {
    Path table = directory.resolve("t");
    Tables.longs(table, 0, 100);
    try (Snapshot snapshot = guarded(table)) {
      MappedColumn column = snapshot.column(0);
      Path file = Tables.file(table, ".i64");
      Files.move(file, directory.resolve("away"));
      Files.write(file, new byte[800]);
      // What is open stays open; an interrupt closes it, and the next reader opens the path.
      assertThat(Tables.sum(column)).isEqualTo(4950);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> column.vector(0, 100)).isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThatThrownBy(() -> column.vector(0, 100))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("the file was replaced by another");
    }
  }

  @Test
  void saysThatItIsClosed() {
    Path table = directory.resolve("t");
    Tables.longs(table, 0, 100);
    Snapshot snapshot = guarded(table);
    MappedColumn column = snapshot.column(0);
    snapshot.close();
    assertThatThrownBy(() -> column.vector(0, 8)).isInstanceOf(ClosedException.class);
    assertThat(MappingBudget.used()).isZero();
  }

  @Test
  void mapsNothingOfANetworkFileSystemUnlessItIsAskedTo() {
    Path table = directory.resolve("t");
    Tables.longs(table, 0, 100);
    for (String type : List.of("nfs4", "cifs", "fuse.sshfs", "9p")) {
      try (Snapshot snapshot = TableStore.open(table, new OtherFileSystem(type))) {
        assertThat(snapshot.reading(0).mode()).isEqualTo(ReadMode.GUARDED);
        assertThat(snapshot.reading(0).reason()).contains(type);
        assertThat(Tables.sum(snapshot.column(0))).isEqualTo(4950);
        assertThat(snapshot.column(0).isInPlace()).isFalse();
      }
    }
    OpenOptions rows = OpenOptions.DEFAULT.withAccess(Access.SINGLE_ROWS);
    try (Snapshot snapshot = TableStore.open(table, new OtherFileSystem("nfs"), rows)) {
      assertThat(snapshot.reading(0).mode()).isEqualTo(ReadMode.LOADED);
    }
    OpenOptions asked = OpenOptions.DEFAULT.withReadMode(ReadMode.MAPPED);
    try (Snapshot snapshot = TableStore.open(table, new OtherFileSystem("nfs"), asked)) {
      assertThat(snapshot.reading(0))
          .isEqualTo(new ReadAdvice(ReadMode.MAPPED, Checks.ON_TOUCH, "asked for"));
    }
    try (Snapshot snapshot = TableStore.open(table, new OtherFileSystem("ext4"))) {
      assertThat(snapshot.reading(0).mode()).isEqualTo(ReadMode.MAPPED);
    }
  }

  @Test
  void loadsNoMoreThanAnEighthOfTheMemory() {
    OpenOptions rows = OpenOptions.DEFAULT.withAccess(Access.SINGLE_ROWS);
    assertThat(ReadAdvice.of(rows, true, "nfs", 100, 1, 800).mode()).isEqualTo(ReadMode.LOADED);
    assertThat(ReadAdvice.of(rows, true, "nfs", 101, 1, 800).mode()).isEqualTo(ReadMode.GUARDED);
    assertThat(ReadAdvice.of(rows, true, "nfs", 100, 2, 800).mode()).isEqualTo(ReadMode.GUARDED);
    assertThat(ReadAdvice.of(rows, true, null, 50, 2, 800).mode()).isEqualTo(ReadMode.LOADED);
    assertThat(ReadAdvice.of(rows, true, "xfs", 100, 1, 800).mode()).isEqualTo(ReadMode.MAPPED);
  }

  private static Snapshot guarded(Path table) {
    return TableStore.open(table, OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED));
  }

  private static void cut(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  /** The local file system under another name. */
  private static final class OtherFileSystem extends InterposedStorage {
    private final String type;

    OtherFileSystem(String type) {
      super(Storage.local());
      this.type = type;
    }

    @Override
    public String fileSystemType(Path path) {
      return type;
    }

    @Override
    protected <T extends @Nullable Object> T around(Call call, Action<T> action)
        throws IOException {
      return action.run();
    }
  }
}
