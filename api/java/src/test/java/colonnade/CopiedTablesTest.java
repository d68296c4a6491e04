package colonnade;

import static colonnade.DataType.I64;
import static colonnade.DataType.UTF8;
import static colonnade.Expr.count;
import static colonnade.Expr.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.exec.key.KeyedLimits;
import colonnade.error.CorruptColumnException;
import colonnade.error.InvalidQueryException;
import colonnade.error.ReadOnlyException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keyed tables, and their logs as tables, that were copied into another directory. */
class CopiedTablesTest {
  private static final int KEYS = 3_000;

  @TempDir(factory = MemoryFolder.class)
  Path directory;

  private Path original;
  private Path copy;

  @BeforeEach
  void copyATable() throws IOException {
    original = directory.resolve("original");
    KeyedTable.create(original, Schema.of("k", I64, "note", UTF8), "k").close();
    try (KeyedTable table = KeyedTable.open(original, new KeyedLimits(1_000, 8 << 20))) {
      for (long key = 0; key < KEYS; key++) {
        table.put(7 * key, "note " + key);
      }
      table.commit();
    }
    copy = Files.createDirectory(directory.resolve("copy"));
    try (Stream<Path> files = Files.list(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void explainsThatACopyIsCheckedUntilItIsTakenIn() {
    try (Table table = Table.open(original)) {
      assertThat(table.explain()).contains("(mapped").doesNotContain("copied");
    }
    try (Table table = Table.open(copy, Mode.READ_WRITE)) {
      assertThat(table.explain()).contains("mapped and checked on touch", "copied here");
      Frame sum = table.aggregate(sum("k").as("s"));
      assertThat(sum.collect().row(0).i64("s")).isEqualTo(7L * KEYS * (KEYS - 1) / 2);
      assertThat(table.adopt().isSound()).isTrue();
      assertThat(table.explain()).doesNotContain("copied");
      assertThat(table.history().getFirst().operation()).isEqualTo("adopt");
      long generation = table.generation();
      table.adopt();
      assertThat(table.generation()).isEqualTo(generation);
      try (Table before = table.at(generation - 1)) {
        assertThat(before.explain()).contains("copied here");
      }
      table.update("k", 5);
      assertThatThrownBy(table::adopt).isInstanceOf(InvalidQueryException.class);
    }
    try (KeyedTable table = KeyedTable.open(copy, Mode.READ_ONLY)) {
      assertThat(table.explain()).doesNotContain("copied");
      assertThat(table.get(7L * 5).orElseThrow().text("note")).isEqualTo("note 5");
    }
    try (Table table = Table.open(copy)) {
      assertThatThrownBy(table::adopt).isInstanceOf(ReadOnlyException.class);
    }
  }

  @Test
  void findsDamageOfACopyUnaskedAndDoesNotTakeItIn() throws IOException {
    flip(copy, ".dict.utf8");
    flip(original, ".dict.utf8");
    try (Table table = Table.open(copy, Mode.READ_WRITE)) {
      Frame notes = table.groupBy("note").aggregate(count());
      assertThatThrownBy(notes::collect)
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("column 'note'");
      long generation = table.generation();
      assertThat(table.adopt().isSound()).isFalse();
      assertThat(table.generation()).isEqualTo(generation);
    }
    try (Table table = Table.open(original)) {
      assertThat(table.groupBy("note").aggregate(count()).count()).isEqualTo(KEYS);
    }
  }

  @Test
  void findsDamageOfAnIndexBeforeAKeyIsLookedUp() throws IOException {
    flip(copy, ".index");
    try (KeyedTable table = KeyedTable.open(copy, Mode.READ_ONLY)) {
      assertThatThrownBy(() -> table.get(14L))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining(".index");
    }
  }

  private static void flip(Path table, String ending) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      Path file = files.filter(f -> f.toString().endsWith(ending)).findAny().orElseThrow();
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        bytes.seek(100);
        int old = bytes.read();
        bytes.seek(100);
        bytes.write(old ^ 1);
      }
    }
  }
}
