package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.store.format.TableFormat;
import colonnade.engine.store.rig.FaultyStorage;
import colonnade.error.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that several threads write: the files are those that one thread would have written. */
class BlockWriteTest {
  private static final int BLOCKS = 5;
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field("late nulls", DataType.F64),
              new Field("text", DataType.UTF8),
              new Field("byte", DataType.I8),
              new Field("flag", DataType.BOOL),
              new Field("plain", DataType.BINARY),
              new Field("time", DataType.TIMESTAMP_MICROS),
              new Field("narrow", DataType.I64),
              new Field("widening", DataType.I32),
              new Field("scaled", DataType.F64),
              new Field("more decimals", DataType.F64),
              new Field("late plain", DataType.TIMESTAMP_MICROS),
              new Field("late values", DataType.U16),
              new Field("half", DataType.F32)));
  private static final WriteOptions OPTIONS =
      WriteOptions.DEFAULT.withEncoding("plain", EncodingChoice.PLAIN);

  @TempDir Path directory;

  @Test
  void writesTheSameFilesAsOneThreadDoes() throws Exception {
    try (Arena arena = Arena.ofShared();
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Vector[]> blocks = blocks(arena);
      Path expected = directory.resolve("expected");
      try (TableWriter writer = TableWriter.create(expected, SCHEMA, OPTIONS)) {
        blocks.forEach(block -> writer.write(block, TableFormat.BLOCK_ROWS));
        writer.write(blocks.get(0), 1000);
      }
      Path table = directory.resolve("table");
      try (TableWriter writer = TableWriter.create(table, SCHEMA, OPTIONS)) {
        List<Future<?>> running = new ArrayList<>();
        for (Vector[] block : blocks) {
          running.add(threads.submit(writer.begin(block, TableFormat.BLOCK_ROWS)::run));
        }
        running.add(threads.submit(writer.begin(blocks.get(0), 1000)::run));
        writer.checkpoint();
        for (Future<?> block : running) {
          block.get();
        }
      }
      assertThat(files(table)).containsExactlyEntriesOf(files(expected));
      Tables.assertClean(table);
    }
  }

  @Test
  void writesAgainWhatWentAheadIntoCodesThatTheBlockBeforeHasLeft() throws Exception {
    Schema schema =
        Schema.of("wider", DataType.I64, "decimals", DataType.F64, "plain", DataType.I32);
    try (Arena arena = Arena.ofShared()) {
      List<Vector[]> blocks = new ArrayList<>();
      for (long most : new long[] {100, 1L << 30, 90}) {
        Vector[] vectors = new Vector[schema.size()];
        for (int c = 0; c < vectors.length; c++) {
          List<@Nullable Object> rows = new ArrayList<>();
          for (int i = 0; i < TableFormat.BLOCK_ROWS; i++) {
            long value = i % 7 == 3 ? most : i % 90;
            rows.add(
                i % 11 == 5
                    ? null
                    : c == 1 ? (Object) (value / (most > 100 ? 1000.0 : 10.0)) : (Object) value);
          }
          vectors[c] = Vectors.plain(schema.type(c), rows, arena);
        }
        blocks.add(vectors);
      }
      Path expected = directory.resolve("expected");
      try (TableWriter writer = TableWriter.create(expected, schema, WriteOptions.DEFAULT)) {
        blocks.forEach(block -> writer.write(block, TableFormat.BLOCK_ROWS));
      }
      Path table = directory.resolve("table");
      try (TableWriter writer = TableWriter.create(table, schema, WriteOptions.DEFAULT)) {
        writer.begin(blocks.get(0), TableFormat.BLOCK_ROWS).run();
        BlockWrite second = writer.begin(blocks.get(1), TableFormat.BLOCK_ROWS);
        Thread third = Thread.ofPlatform().start(writer.begin(blocks.get(2), 65_536)::run);
        while (third.getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
        second.run();
        third.join();
      }
      assertThat(files(table)).containsExactlyEntriesOf(files(expected));
      Tables.assertClean(table);
    }
  }

  @Test
  void goesOnInTheMiddleOfABlock() throws Exception {
    try (Arena arena = Arena.ofShared();
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Vector[]> blocks = blocks(arena);
      Path expected = directory.resolve("expected");
      Path table = directory.resolve("table");
      for (Path path : List.of(expected, table)) {
        try (TableWriter writer = TableWriter.create(path, SCHEMA, OPTIONS)) {
          writer.write(blocks.get(4), 40_000);
        }
      }
      int rest = TableFormat.BLOCK_ROWS - 40_000;
      try (TableWriter writer = TableWriter.append(expected, OPTIONS)) {
        writer.write(blocks.get(0), rest);
        blocks.forEach(block -> writer.write(block, TableFormat.BLOCK_ROWS));
      }
      try (TableWriter writer = TableWriter.append(table, OPTIONS)) {
        List<Future<?>> running = new ArrayList<>();
        running.add(threads.submit(writer.begin(blocks.get(0), rest)::run));
        for (Vector[] block : blocks) {
          running.add(threads.submit(writer.begin(block, TableFormat.BLOCK_ROWS)::run));
        }
        for (Future<?> block : running) {
          block.get();
        }
      }
      assertThat(files(table)).containsExactlyEntriesOf(files(expected));
      Tables.assertClean(table);
    }
  }

  @Test
  void failsEveryBlockAfterOneThatFailed() throws Exception {
    FaultyStorage storage = new FaultyStorage("write", "No space left on device");
    try (Arena arena = Arena.ofShared();
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Vector[]> blocks = blocks(arena);
      TableWriter writer = TableWriter.create(directory, SCHEMA, OPTIONS.withStorage(storage));
      writer.begin(blocks.get(0), TableFormat.BLOCK_ROWS).run();
      List<BlockWrite> begun =
          blocks.stream().map(block -> writer.begin(block, TableFormat.BLOCK_ROWS)).toList();
      storage.arm();
      List<Future<?>> running = new ArrayList<>();
      for (BlockWrite block : begun) {
        running.add(threads.submit(block::run));
      }
      StorageException first = null;
      for (Future<?> block : running) {
        try {
          block.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOf(StorageException.class)
              .hasMessageContaining("No space left on device");
          first = first == null ? (StorageException) e.getCause() : first;
          assertThat(e.getCause()).isSameAs(first);
        }
      }
      assertThat(first).isNotNull();
      assertThatThrownBy(writer::checkpoint).isInstanceOf(StorageException.class);
      writer.close();
      assertThat(Tables.contents(directory)).isEmpty();
    }
  }

  /** Everything but the manifest, which holds the time. */
  private static Map<String, byte[]> files(Path table) throws IOException {
    Map<String, byte[]> files = Tables.contents(table);
    files.keySet().removeIf(name -> name.startsWith("manifest"));
    return files;
  }

  /** Values that codes hold: to the end, or up to a block that needs others. */
  private static @Nullable Object coded(String column, int block, Object value) {
    return switch (column) {
      case "narrow" -> (Long) value & 0xffff;
      case "widening" -> (Long) value & (block < 2 ? 0x7f : 0x7fff);
      case "scaled" -> value.hashCode() % 10_000 / 100.0;
      case "more decimals" -> value.hashCode() % 10_000 / (block < 3 ? 10.0 : 1000.0);
      case "late plain" -> block < 3 ? (Long) value & 0xff : value;
      case "late values" -> block < 2 ? null : (Long) value & 0xff;
      default -> value;
    };
  }

  /** Blocks of which only some have nulls; the texts outgrow their dictionary. */
  private static List<Vector[]> blocks(Arena arena) {
    SplittableRandom random = new SplittableRandom(11);
    List<Vector[]> blocks = new ArrayList<>();
    for (int b = 0; b < BLOCKS; b++) {
      Vector[] vectors = new Vector[SCHEMA.size()];
      for (int c = 0; c < vectors.length; c++) {
        int column = c;
        boolean nulls = c == 0 ? b == 2 || b == 4 : c != 2 && random.nextBoolean();
        List<@Nullable Object> rows =
            Vectors.random(SCHEMA.type(c), TableFormat.BLOCK_ROWS, nulls, random);
        int block = b;
        rows.replaceAll(value -> value == null ? null : coded(SCHEMA.name(column), block, value));
        vectors[c] = Vectors.plain(SCHEMA.type(c), rows, arena);
      }
      blocks.add(vectors);
    }
    return blocks;
  }
}
