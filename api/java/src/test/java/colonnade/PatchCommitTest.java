package colonnade;

import static colonnade.Expr.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a commit of changed rows writes: a patch where that is little, else the column anew. */
class PatchCommitTest {
  private static final int ROWS = 140_000;

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void write() {
    path = folder.resolve("t");
    write(path, ROWS);
  }

  private static void write(Path path, int count) {
    try (Appender rows =
        Table.create(
            path,
            Schema.of("n", DataType.I64, "cents", DataType.F64, "word", DataType.UTF8),
            Mode.READ_WRITE,
            WriteOptions.DEFAULT.withEncoding("n", EncodingChoice.PLAIN))) {
      long[] numbers = new long[count];
      double[] cents = new double[count];
      String[] words = new String[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = i;
        cents[i] = i % 100_000 / 100.0;
        words[i] = "w" + i % 100;
      }
      rows.appendColumns(numbers, cents, words);
    }
  }

  private static Map<String, Long> files(Path path) throws IOException {
    Map<String, Long> lengths = new HashMap<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        lengths.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return lengths;
  }

  /** Bytes of files that are new or longer. */
  private static long written(Path path, Map<String, Long> before) throws IOException {
    long written = 0;
    for (Map.Entry<String, Long> file : files(path).entrySet()) {
      written += file.getValue() - before.getOrDefault(file.getKey(), 0L);
    }
    return written;
  }

  @Test
  void aRowOfAMillionIsWrittenInAPatchAStatisticsFileAndAManifest() throws IOException {
    int million = 1_000_000;
    Path large = folder.resolve("large");
    write(large, million);
    Map<String, Long> before = files(large);
    long manifest = before.get("manifest-000000000001");
    try (Table old = Table.open(large);
        Table table = Table.open(large, Mode.READ_WRITE)) {
      table.put("n", 123_456, -1);
      table.commit();
      assertThat(table.get("n", 123_456)).isEqualTo(-1L);
      assertThat(old.get("n", 123_456)).isEqualTo(123_456L);
      assertThat(old.filter(col("n").lt(0)).count()).isZero();
      Map<String, Long> after = files(large);
      assertThat(after.get("c0-n-2.patch")).isEqualTo(16);
      assertThat(after.get("c0-n-2.stat")).isEqualTo(million / 65_536 * 32);
      assertThat(after.keySet()).hasSize(before.size() + 3);
      assertThat(written(large, before)).isLessThan(16 + million / 65_536 * 32 + manifest + 300);
    }
  }

  @Test
  void changesOfOneCommitAndOfTheNextAreOnePatch() throws IOException {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.put("n", 5, -5);
      table.update("n", col("n").plus(1), col("n").le(7));
      table.put("cents", 7, 1.25);
      table.put("cents", 7, 1.5);
      table.put("word", 9, "new");
      table.commit();
      assertThat(table.stat().patchedRows()).isEqualTo(Map.of("n", 8, "cents", 1, "word", 1));
      table.put("n", 6, null);
      table.put("n", ROWS - 1, 0);
      table.commit();
      assertThat(table.stat().patchedRows()).isEqualTo(Map.of("n", 9, "cents", 1, "word", 1));
      assertThat(table.get("n", 5)).isEqualTo(-4L);
      assertThat(table.get("n", 6)).isNull();
      assertThat(table.get("n", 7)).isEqualTo(8L);
      assertThat(table.get("cents", 7)).isEqualTo(1.5);
      assertThat(table.filter(col("word").eq("new")).count()).isEqualTo(1);
      assertThat(table.history().getFirst().operation()).isEqualTo("update 2 rows of n");
      assertThat(table.diff(2, 3).columns()).hasSize(1);
    }
  }

  @Test
  void oneGenerationMoreIsNotMadeForChangesThatChangeNothing() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.put("n", 5, 5);
      table.update("word", "w3", col("word").eq("w3"));
      table.commit();
      assertThat(table.generation()).isEqualTo(1);
      assertThat(table.hasChanges()).isFalse();
    }
  }

  @Test
  void whatIsLargeOrDoesNotFitTheEncodingIsWrittenAnew() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.put("n", 1, -1);
      table.put("word", 1, "new");
      table.put("cents", 1, 9.5);
      table.commit();
      table.update("n", 0, col("n").lt(ROWS / 10));
      table.put("cents", 2, 1e9);
      table.update("word", "all");
      table.commit();
      assertThat(table.stat().patchedRows()).isEmpty();
      assertThat(table.filter(col("n").eq(0)).count()).isEqualTo(ROWS / 10);
      assertThat(table.get("cents", 1)).isEqualTo(9.5);
      assertThat(table.get("cents", 2)).isEqualTo(1e9);
      assertThat(table.filter(col("word").eq("all")).count()).isEqualTo(ROWS);
      assertThat(table.verify().findings()).isEmpty();
    }
  }

  @Test
  void skippingAndOrderFollowTheChangedRows() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.put("n", 100_000, -9);
      table.put("n", 3, 5_000_000);
      table.commit();
      assertThat(table.filter(col("n").lt(0)).count()).isEqualTo(1);
      assertThat(table.filter(col("n").gt(ROWS)).count()).isEqualTo(1);
      try (Table least = table.sort("n").limit(2).collect()) {
        assertThat(least.get("n", 0)).isEqualTo(-9L);
        assertThat(least.get("n", 1)).isEqualTo(0L);
      }
    }
  }

  @Test
  void anUndoneEntryOfADictionaryIsNoneOfTheNext() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.put("word", 4, "first");
      table.commit();
      table.undo();
      assertThat(table.get("word", 4)).isEqualTo("w4");
      table.put("word", 4, "other");
      table.commit();
      assertThat(table.get("word", 4)).isEqualTo("other");
      try (Table undone = table.at(2)) {
        assertThat(undone.get("word", 4)).isEqualTo("first");
      }
      table.undo();
      try (Appender more = table.appender()) {
        more.append(1, 2.0, "third");
      }
      try (Table undone = table.at(2)) {
        assertThat(undone.get("word", 4)).isEqualTo("first");
      }
      assertThat(table.get("word", ROWS)).isEqualTo("third");
      assertThat(table.verify().findings()).isEmpty();
    }
  }

  @Test
  void aScaledColumnThatIsVacuumedKeepsHowItWasScaled() {
    Path scaled = folder.resolve("scaled");
    try (Table table = Table.open(path)) {
      table.map("z", col("n").normalize(Expr.zScore())).writeTo(scaled).close();
    }
    try (Table table = Table.open(scaled, Mode.READ_WRITE)) {
      table.put("n", 3, 4);
      table.commit();
      table.vacuum();
      assertThat(table.fittedScaling("z")).isPresent();
      table.put("z", 3, 0.5);
      table.commit();
      // As if the column had been written anew: these values are no longer those of the scaling.
      assertThat(table.fittedScaling("z")).isEmpty();
    }
  }

  @Test
  void refusesToVacuumWhatMayNotBeWritten() {
    try (Table table = Table.open(path)) {
      assertThatThrownBy(table::vacuum).isInstanceOf(colonnade.error.ReadOnlyException.class);
    }
  }

  /** The codes are written anew, with wider ones: what the patch said must be in them. */
  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void anAppendThatTheEncodingDoesNotHoldTakesThePatchedRowsIn(
      boolean hasNulls, boolean patchesToNull) {
    int count = 100_000;
    @Nullable Long[] expected = new Long[count + 1];
    Path narrow = folder.resolve("narrow");
    try (Appender rows =
        Table.create(narrow, Schema.of("n", DataType.I64), Mode.READ_WRITE, WriteOptions.DEFAULT)) {
      for (int i = 0; i < count; i++) {
        expected[i] = hasNulls && i % 1_000 == 3 ? null : (Long) (long) (i % 200);
        rows.append(expected[i]);
      }
    }
    try (Table table = Table.open(narrow, Mode.READ_WRITE)) {
      int[] changed = {0, 3, 1_003, 65_535, 65_536, count - 1};
      for (int row : changed) {
        expected[row] = patchesToNull && row != 3 ? null : (Long) 199L;
        table.put("n", row, expected[row]);
      }
      table.commit();
      assertThat(table.stat().patchedRows()).containsOnlyKeys("n");
      expected[count] = 1_000_000_007L;
      try (Appender rows = table.appender()) {
        rows.append(expected[count]);
      }
      assertThat(table.stat().patchedRows()).isEmpty();
      assertThat(table.verify().isSound()).isTrue();
      for (int row = 0; row <= count; row += row < 1_010 ? 1 : 997) {
        assertThat(table.get("n", row)).as("row %d", row).isEqualTo(expected[row]);
      }
      for (int row : changed) {
        assertThat(table.get("n", row)).as("row %d", row).isEqualTo(expected[row]);
      }
      assertThat(table.get("n", count)).isEqualTo(expected[count]);
      long nulls = Arrays.stream(expected).filter(Objects::isNull).count();
      assertThat(table.filter(col("n").isNull()).count()).isEqualTo(nulls);
    }
  }
}
