package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.store.format.TableFormat;
import colonnade.engine.store.rig.FaultyStorage;
import colonnade.engine.store.rig.WatchingStorage;
import colonnade.error.StorageException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long files are on their way to the device before they are complete. */
class WriteBackTest {
  private static final Schema SCHEMA = Schema.of("x", DataType.F64);
  private static final int BLOCKS = 70;
  private static final long BLOCK_BYTES = 8L * TableFormat.BLOCK_ROWS;

  @TempDir Path directory;

  @Test
  void sendsAllButTheEndOfALongFile() throws Exception {
    for (boolean ahead : new boolean[] {false, true}) {
      WatchingStorage storage = new WatchingStorage();
      write(directory.resolve("table-" + ahead), storage, ahead);
      List<WatchingStorage.Sent> sent = storage.sent("f64");
      assertThat(sent)
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file.end()).isLessThanOrEqualTo(file.length()));
      long last = sent.stream().mapToLong(WatchingStorage.Sent::end).max().orElse(0);
      assertThat(last / BLOCK_BYTES).as("blocks sent").isBetween(BLOCKS - 20L, (long) BLOCKS);
      assertThat(sent).as("each step once").doesNotHaveDuplicates().hasSizeLessThan(BLOCKS / 8);
      Tables.assertClean(directory.resolve("table-" + ahead));
    }
  }

  @Test
  void leavesAShortFileToTheSync() throws Exception {
    WatchingStorage storage = new WatchingStorage();
    try (TableWriter writer =
        TableWriter.create(directory, SCHEMA, Tables.PLAIN.withStorage(storage))) {
      Tables.write(writer, DataType.F64, rows());
    }
    assertThat(storage.sent("f64")).isEmpty();
  }

  @Test
  void failsAsAWriteDoes() {
    FaultyStorage storage = new FaultyStorage("beginWriteBack", "Input/output error");
    storage.arm();
    Path table = directory.resolve("table");
    assertThatThrownBy(() -> write(table, storage, false))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Input/output error");
    assertThat(TableDirectory.of(table, Storage.local()).generations()).isEmpty();
  }

  @Test
  void tellsTheSystemWhereItCan() throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[10_000]);
    assertThat(WriteBack.begin(file, 8192)).isEqualTo(NativeFile.isAvailable());
    assertThat(WriteBack.begin(file, -1)).as("no length").isFalse();
    assertThat(WriteBack.begin(directory.resolve("missing"), 8192)).isFalse();
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertThat(WriteBack.begin(link, 8192)).as("a link").isFalse();
  }

  private static void write(Path table, Storage storage, boolean ahead) throws Exception {
    try (Arena arena = Arena.ofShared();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        TableWriter writer = TableWriter.create(table, SCHEMA, Tables.PLAIN.withStorage(storage))) {
      Vector[] block = {Vectors.plain(DataType.F64, rows(), arena)};
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < BLOCKS; i++) {
        if (ahead) {
          running.add(threads.submit(writer.begin(block, TableFormat.BLOCK_ROWS)::run));
        } else {
          writer.write(block, TableFormat.BLOCK_ROWS);
        }
      }
      for (Future<?> done : running) {
        done.get();
      }
    }
  }

  private static List<@Nullable Object> rows() {
    return Vectors.random(
        DataType.F64, TableFormat.BLOCK_ROWS, false, new SplittableRandom(20_261_130L));
  }
}
