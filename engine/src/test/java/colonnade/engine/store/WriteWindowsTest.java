package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.store.format.TableFormat;
import colonnade.engine.store.rig.WatchingStorage;
import colonnade.engine.store.rig.WatchingStorage.Written;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long files are written in pieces of 2 MiB that begin at multiples of it. */
class WriteWindowsTest {
  private static final long WINDOW = 2 << 20;
  private static final int ROWS = TableFormat.BLOCK_ROWS;

  @TempDir Path directory;

  private final WatchingStorage storage = new WatchingStorage();

  @Test
  void writesWholeWindowsFromAnyLengthOfRows() {
    try (TableWriter writer = create("x", DataType.F64, EncodingChoice.PLAIN)) {
      for (int i = 0; i < 30; i++) {
        Tables.write(writer, DataType.F64, rows(DataType.F64, 50_001));
      }
    }
    assertThat(storage.written("f64")).isEqualTo(windows(30 * 50_001 * 8L, "c0-x-1.f64"));
    Tables.assertClean(directory.resolve("x"));
  }

  @Test
  void gathersBlocksThatAreWrittenInAnyOrder() throws Exception {
    try (Arena arena = Arena.ofShared();
        TableWriter writer = create("x", DataType.F32, EncodingChoice.PLAIN)) {
      runShuffled(writer, DataType.F32, 21, arena);
    }
    assertThat(storage.written("f32")).isEqualTo(windows(21 * ROWS * 4L, "c0-x-1.f32"));
    Tables.assertClean(directory.resolve("x"));
  }

  @Test
  void writesAtACheckpointWhatIsThereAndGoesOnBehindIt() throws Exception {
    try (Arena arena = Arena.ofShared();
        TableWriter writer = create("x", DataType.F64, EncodingChoice.PLAIN)) {
      runShuffled(writer, DataType.F64, 6, arena);
      writer.checkpoint();
      assertThat(storage.written("f64").stream().mapToLong(Written::length).sum())
          .isEqualTo(6L * ROWS * 8);
      runShuffled(writer, DataType.F64, 7, arena);
    }
    long[] ends = {4, 6, 8, 12, 13};
    List<Written> expected = new ArrayList<>();
    long from = 0;
    for (long end : ends) {
      expected.add(new Written("c0-x-1.f64", from * ROWS * 8, (end - from) * ROWS * 8));
      from = end;
    }
    assertThat(storage.written("f64")).isEqualTo(expected);
    Tables.assertClean(directory.resolve("x"));
  }

  @Test
  void keepsNoWindowOpenThatTheRowsHavePassed() throws Exception {
    try (Arena arena = Arena.ofShared();
        TableWriter writer = create("x", DataType.F64, EncodingChoice.PLAIN)) {
      // The last block of each window is not written side by side.
      for (int i = 0; i < 10; i++) {
        runShuffled(writer, DataType.F64, 3, arena);
        writer.write(block(DataType.F64, arena), ROWS);
      }
      runShuffled(writer, DataType.F64, 1, arena);
      assertThat(storage.written("f64").stream().mapToLong(Written::length).sum())
          .isEqualTo(40L * ROWS * 8);
    }
    Tables.assertClean(directory.resolve("x"));
  }

  @Test
  void takesSmallerWindowsWhereColumnsAreMany() {
    assertThat(WriteOptions.DEFAULT.fileBufferBytes(2 * 16)).isEqualTo(2 << 20);
    assertThat(WriteOptions.DEFAULT.fileBufferBytes(2 * 17)).isEqualTo(1 << 20);
    assertThat(WriteOptions.DEFAULT.fileBufferBytes(2 * 105)).isEqualTo(256 << 10);
    assertThat(WriteOptions.DEFAULT.fileBufferBytes(100_000)).isEqualTo(8 << 10);
  }

  private TableWriter create(String name, DataType type, EncodingChoice choice) {
    WriteOptions options = WriteOptions.DEFAULT.withEncoding(choice).withStorage(storage);
    return TableWriter.create(directory.resolve(name), Schema.of("x", type), options);
  }

  /** Begins so many blocks in order, and runs them in another as far as none waits for a later. */
  private static void runShuffled(TableWriter writer, DataType type, int count, Arena arena)
      throws InterruptedException {
    List<BlockWrite> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(writer.begin(block(type, arena), ROWS));
    }
    Collections.shuffle(blocks, new Random(20_261_201L));
    List<Thread> threads = blocks.stream().map(b -> Thread.ofPlatform().start(b::run)).toList();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Vector[] block(DataType type, Arena arena) {
    return new Vector[] {Vectors.plain(type, rows(type, ROWS), arena)};
  }

  private static List<@Nullable Object> rows(DataType type, int count) {
    return Vectors.random(type, count, false, new SplittableRandom(20_261_201L));
  }

  private static List<Written> windows(long bytes, String name) {
    return IntStream.range(0, (int) ((bytes + WINDOW - 1) / WINDOW))
        .mapToObj(i -> new Written(name, i * WINDOW, Math.min(WINDOW, bytes - i * WINDOW)))
        .toList();
  }
}
