package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.error.CorruptColumnException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is damaged is refused where it would be written anew, with checksums that hide the damage.
 */
class DamagedRewriteTest {
  private static final int ROWS = 200_000;

  @TempDir Path directory;

  private Path table() {
    return directory.resolve("t");
  }

  /** Flips a bit in the first of several pieces, which nothing that only appends would read. */
  private void damage(String ending) throws IOException {
    Path file = Tables.file(table(), ending);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes.length).isGreaterThan(1 << 16);
    bytes[10] ^= 1;
    Files.write(file, bytes);
  }

  private void refuses(Runnable change, String ending) throws IOException {
    Map<String, byte[]> before = Tables.contents(table());
    assertThatThrownBy(change::run)
        .isInstanceOf(CorruptColumnException.class)
        .hasMessageContaining("'x'")
        .hasMessageContaining(ending);
    Map<String, byte[]> after = Tables.contents(table());
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
  }

  private void append(DataType type, Object value) {
    Tables.append(table(), type, List.of(value), WriteOptions.DEFAULT);
  }

  @Test
  void refusesWiderCodesOfDamagedNumbers() throws IOException {
    Tables.create(
        table(),
        DataType.I64,
        LongStream.range(0, ROWS).map(i -> i % 200).boxed().toList(),
        WriteOptions.DEFAULT);
    damage(".narrow8");
    append(DataType.I64, 7L); // behind what is there, which is not read
    refuses(() -> append(DataType.I64, 1_000L), ".narrow8");
  }

  @Test
  void refusesPlainValuesOfDamagedCodes() throws IOException {
    List<Double> prices = Stream.iterate(0.25, p -> p < 60 ? p + 0.25 : 0.25).limit(ROWS).toList();
    Tables.create(table(), DataType.F64, prices, WriteOptions.DEFAULT);
    damage(".scaled16");
    refuses(() -> append(DataType.F64, Math.PI), ".scaled16");
  }

  @Test
  void refusesWiderCodesOfDamagedTexts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      texts.add("text " + i % 256);
    }
    Tables.create(table(), DataType.UTF8, texts, WriteOptions.DEFAULT);
    damage(".code8");
    refuses(() -> append(DataType.UTF8, "one more"), ".code8");
  }

  @Test
  void addsNothingToADamagedDictionary() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      texts.add("a text of some length, number " + i % 3_000);
    }
    Tables.create(table(), DataType.UTF8, texts, WriteOptions.DEFAULT);
    String entries = Tables.file(table(), ".dict.utf8").getFileName().toString();
    damage(entries);
    refuses(() -> append(DataType.UTF8, "one more"), entries);
  }

  @Test
  void foldsNoPatchIntoDamagedValues() throws IOException {
    Tables.create(
        table(),
        DataType.I64,
        LongStream.range(0, ROWS).map(i -> i % 200).boxed().toList(),
        WriteOptions.DEFAULT);
    try (Snapshot snapshot = TableStore.open(table());
        TableEdit edit = TableEdit.open(table(), WriteOptions.DEFAULT);
        Arena arena = Arena.ofConfined()) {
      ColumnPatch patch = Objects.requireNonNull(edit.patch("x"));
      Vector changed = Vectors.plain(DataType.I64, new ArrayList<>(List.of(9L)), arena);
      assertThat(patch.take(0, changed, 1, snapshot.column(0))).isTrue();
      edit.apply("x", patch);
      edit.commit();
    }
    damage(".narrow8");
    refuses(
        () -> {
          try (TableLock lock = TableLock.acquire(table())) {
            PatchVacuum.fold(lock, WriteOptions.DEFAULT);
          }
        },
        ".narrow8");
  }
}
