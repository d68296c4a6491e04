package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.ManifestText;
import colonnade.engine.store.format.TableFormat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statistics say that a column or a block is in order exactly where it is, however written. */
class SortednessTest {
  private static final long SEED = Long.getLong("seed", 20_261);
  private static final int BLOCK = TableFormat.BLOCK_ROWS;
  private static final int[] SIZES = {0, 1, 2, 4096, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 77};

  /** NaN greatest, zeros equal. */
  private static final Comparator<Object> ORDER =
      (a, b) ->
          a instanceof Long x
              ? Long.compare(x, (Long) b)
              : Double.compare(((Number) a).doubleValue() + 0.0, ((Number) b).doubleValue() + 0.0);

  private enum Shape {
    ASCENDING,
    DESCENDING,
    CONSTANT,
    ONE_PAIR_SWAPPED,
    LAST_ROW_FIRST,
    ONE_NULL,
    BY_BLOCK,
    RANDOM
  }

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void isKnownOfColumnsAndBlocksWrittenInAnyPieces(DataType type) {
    var random = new SplittableRandom(SEED);
    for (Shape shape : Shape.values()) {
      for (EncodingChoice choice : List.of(EncodingChoice.AUTO, EncodingChoice.PLAIN)) {
        if (type.isVariable() && shape == Shape.BY_BLOCK) {
          continue;
        }
        int size = SIZES[random.nextInt(SIZES.length)];
        List<@Nullable Object> rows = rows(type, shape, size, random);
        Path table = directory.resolve(shape + "-" + choice);
        WriteOptions options = WriteOptions.DEFAULT.withEncoding(choice);
        try (TableWriter writer = TableWriter.create(table, Schema.of("x", type), options)) {
          writePieces(writer, type, rows.subList(0, size / 2), random);
        }
        try (TableWriter writer = TableWriter.append(table, options)) {
          writePieces(writer, type, rows.subList(size / 2, size), random);
        }
        check(table, type, rows, shape + " of " + size + " rows, " + choice + ", seed " + SEED);
      }
    }
  }

  @Test
  void isKnownOfBlocksThatWereWrittenSideBySide() {
    for (Shape shape : List.of(Shape.ASCENDING, Shape.DESCENDING, Shape.BY_BLOCK)) {
      var random = new SplittableRandom(SEED);
      List<@Nullable Object> rows = rows(DataType.F64, shape, 3 * BLOCK, random);
      Path table = directory.resolve(shape.name());
      try (Arena arena = Arena.ofShared();
          TableWriter writer =
              TableWriter.create(table, Schema.of("x", DataType.F64), Tables.PLAIN)) {
        List<BlockWrite> blocks = new ArrayList<>();
        for (int b = 0; b < 3; b++) {
          List<@Nullable Object> part = new ArrayList<>(rows.subList(b * BLOCK, (b + 1) * BLOCK));
          blocks.add(writer.begin(new Vector[] {Vectors.plain(DataType.F64, part, arena)}, BLOCK));
        }
        List<Thread> threads = new ArrayList<>();
        for (BlockWrite block : blocks.reversed()) {
          threads.add(Thread.ofPlatform().start(block::run));
        }
        for (Thread thread : threads) {
          join(thread);
        }
      }
      check(table, DataType.F64, rows, shape.name());
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void isKnownOfARewrittenColumn() {
    Tables.longs(directory, 0, 3);
    try (TableEdit edit = TableEdit.open(directory, WriteOptions.DEFAULT);
        Arena arena = Arena.ofConfined()) {
      List<@Nullable Object> falling = new ArrayList<>(List.of(9L, 8L, 8L));
      edit.replace(new colonnade.Field("x", DataType.I64))
          .write(Vectors.plain(DataType.I64, falling, arena), 3);
      edit.commit();
    }
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.statistics(0).sorted()).isEqualTo(Sortedness.DESCENDING);
    }
    Tables.assertClean(directory);
  }

  @Test
  void isUnknownInATableThatDoesNotSayAndStaysSo() throws IOException {
    Tables.longs(directory, 0, 100);
    forge(
        text -> text.replace(", \"sorted\": \"ascending\"}", "}").replace("ascending", "unknown"));
    Tables.assertClean(directory);
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.statistics(0).sorted()).isEqualTo(Sortedness.UNKNOWN);
      assertThat(snapshot.blockStatistics(0, 0).sorted()).isEqualTo(Sortedness.UNKNOWN);
    }
    Tables.append(directory, DataType.I64, Tables.range(100, BLOCK + 5), Tables.PLAIN);
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.statistics(0).sorted()).isEqualTo(Sortedness.UNKNOWN);
      assertThat(snapshot.blockStatistics(0, 0).sorted()).isEqualTo(Sortedness.UNKNOWN);
      assertThat(snapshot.blockStatistics(0, 1).sorted()).isEqualTo(Sortedness.ASCENDING);
    }
    Tables.assertClean(directory);
  }

  @Test
  void isVerified() throws IOException {
    Tables.create(directory, DataType.I64, List.of(1L, 3L, 2L), Tables.PLAIN);
    forge(text -> text.replace("\"sorted\": \"unknown\"", "\"sorted\": \"descending\""));
    assertThat(Verifier.verify(directory).findings().toString()).contains("has wrong statistics");
  }

  private void forge(UnaryOperator<String> change) throws IOException {
    ManifestText.rewrite(directory.resolve(FileName.manifest(1)), change);
  }

  private static void writePieces(
      TableWriter writer,
      DataType type,
      List<? extends @Nullable Object> rows,
      SplittableRandom random) {
    int from = 0;
    while (from < rows.size()) {
      int n = Math.min(rows.size() - from, 1 + random.nextInt(random.nextBoolean() ? 50 : BLOCK));
      n = random.nextInt(4) == 0 ? Math.min(rows.size() - from, BLOCK) : n;
      Tables.write(writer, type, rows.subList(from, from + n));
      if (random.nextInt(4) == 0) {
        writer.checkpoint();
      }
      from += n;
    }
  }

  private static List<@Nullable Object> rows(
      DataType type, Shape shape, int size, SplittableRandom random) {
    List<@Nullable Object> rows = Vectors.random(type, size, false, random);
    if (size == 0 || type.isVariable()) {
      return rows;
    }
    boolean codes = random.nextBoolean();
    if (codes && !type.isFloating() && type != DataType.BOOL) {
      rows.replaceAll(row -> ((Long) java.util.Objects.requireNonNull(row)) & 0x7f);
    } else if (codes && type == DataType.F64) {
      rows.replaceAll(_ -> random.nextInt(-1000, 1000) / 100.0);
    }
    switch (shape) {
      case ASCENDING, ONE_PAIR_SWAPPED, LAST_ROW_FIRST, ONE_NULL -> rows.sort(ORDER);
      case DESCENDING -> rows.sort(ORDER.reversed());
      case CONSTANT -> Collections.fill(rows, rows.getFirst());
      case BY_BLOCK -> {
        for (int from = 0; from < size; from += BLOCK) {
          rows.subList(from, Math.min(size, from + BLOCK)).sort(ORDER);
        }
      }
      case RANDOM -> {}
    }
    if (shape == Shape.ONE_PAIR_SWAPPED && size > 1) {
      int border = random.nextBoolean() && size > BLOCK ? BLOCK : 1 + random.nextInt(size - 1);
      Collections.swap(rows, border - 1, border);
    } else if (shape == Shape.LAST_ROW_FIRST) {
      rows.addFirst(rows.removeLast());
    } else if (shape == Shape.ONE_NULL) {
      rows.set(random.nextInt(size), null);
    }
    return rows;
  }

  private static void check(
      Path table, DataType type, List<@Nullable Object> rows, String description) {
    try (Snapshot snapshot = TableStore.open(table)) {
      assertThat(snapshot.statistics(0).sorted()).as(description).isEqualTo(expected(type, rows));
      for (int b = 0; b < snapshot.blockCount(); b++) {
        List<@Nullable Object> block =
            rows.subList(b * BLOCK, Math.min(rows.size(), (b + 1) * BLOCK));
        assertThat(snapshot.blockStatistics(0, b).sorted())
            .as("block %d of %s", b, description)
            .isEqualTo(expected(type, block));
      }
    }
    Tables.assertClean(table);
  }

  private static Sortedness expected(DataType type, List<@Nullable Object> rows) {
    if (type.isVariable() || rows.contains(null)) {
      return Sortedness.UNKNOWN;
    }
    Object[] values = rows.toArray();
    Object[] sorted = values.clone();
    Arrays.sort(sorted, ORDER);
    Object[] reversed = values.clone();
    Arrays.sort(reversed, ORDER.reversed());
    return Sortedness.of(equal(values, sorted), equal(values, reversed));
  }

  private static boolean equal(Object[] a, Object[] b) {
    for (int i = 0; i < a.length; i++) {
      if (ORDER.compare(a[i], b[i]) != 0) {
        return false;
      }
    }
    return true;
  }
}
