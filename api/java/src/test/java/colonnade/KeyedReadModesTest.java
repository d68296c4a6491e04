package colonnade;

import static colonnade.DataType.F64;
import static colonnade.DataType.I64;
import static colonnade.DataType.UTF8;
import static colonnade.Expr.asc;
import static colonnade.Expr.col;
import static colonnade.Expr.count;
import static colonnade.Expr.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.exec.key.KeyedLimits;
import colonnade.error.CorruptColumnException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keyed tables that are mapped, copied block by block, or loaded, with checks and without. */
class KeyedReadModesTest {
  private static final int KEYS = 70_000;
  private static final List<OpenOptions> WAYS =
      List.of(
          OpenOptions.DEFAULT,
          OpenOptions.DEFAULT.withChecks(Checks.ON_TOUCH),
          OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED),
          OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED).withChecks(Checks.ON_TOUCH),
          OpenOptions.DEFAULT.withReadMode(ReadMode.LOADED).withChecks(Checks.ON_TOUCH));

  @TempDir(factory = MemoryFolder.class)
  Path directory;

  private Path path;

  @BeforeEach
  void create() {
    path = directory.resolve("t");
    Schema schema = Schema.of("v", F64, "k", I64, "note", UTF8);
    KeyedTable.create(path, schema, "k").close();
    try (KeyedTable table = KeyedTable.open(path, new KeyedLimits(1_000, 8 << 20))) {
      double[] values = new double[KEYS];
      long[] keys = new long[KEYS];
      String[] notes = new String[KEYS];
      for (int i = 0; i < KEYS; i++) {
        values[i] = i / 3.0;
        keys[i] = 7L * i;
        notes[i] = i % 5 == 0 ? null : "note " + i % 100;
      }
      table.putColumns(values, keys, notes);
      table.commit();
      for (long key = 0; key < 700; key += 14) {
        table.remove(key);
        table.put(-1.5, key + 7, "late");
      }
      table.commit();
    }
  }

  @Test
  void givesTheSameResultsInEveryMode() {
    List<String> expected = null;
    for (OpenOptions options : WAYS) {
      try (KeyedTable table = KeyedTable.open(path, Mode.READ_ONLY, options)) {
        List<String> found = new ArrayList<>();
        for (Frame frame :
            List.of(
                table.groupBy("note").aggregate(count(), sum("v")).sort(asc("note")),
                table.filter(col("v").lt(0)),
                table.select("note").limit(66_000, 5),
                table.sort(asc("v"), asc("k")).limit(60, 4))) {
          found.add(frame.collect().text(100));
        }
        for (long key : new long[] {0, 7, 14, 21, 7L * (KEYS - 1), 7L * KEYS}) {
          found.add(table.get(key).map(row -> row.text("note") + row.f64("v")).orElse("none"));
        }
        expected = expected == null ? found : expected;
        assertThat(found).as(options.toString()).isEqualTo(expected);
        if (options.readMode() != null) {
          assertThat(table.explain()).contains("asked for");
        }
      }
    }
    assertThat(expected).contains("none", "late-1.5");
  }

  @Test
  void namesColumnBlockAndFileOfWhatWasCutShort() throws IOException {
    OpenOptions guarded = OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED);
    try (KeyedTable table = KeyedTable.open(path, Mode.READ_ONLY, guarded)) {
      assertThat(table.aggregate(sum("v").as("s")).collect().row(0).f64("s")).isPositive();
      try (FileChannel file = FileChannel.open(values(), StandardOpenOption.WRITE)) {
        file.truncate(540_000);
      }
      assertThatThrownBy(() -> table.aggregate(sum("v").as("s")).collect())
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("block 1 of column 'v'")
          .hasMessageContaining(".f64");
      assertThatThrownBy(() -> table.get(7L * (KEYS - 1)))
          .isInstanceOf(CorruptColumnException.class);
      assertThat(table.get(7L * 201).orElseThrow().text("note")).isEqualTo("note 1");
    }
  }

  /** A cut mapping, in scalar code, which survives it. */
  @Test
  void translatesAFaultOfAMappedFile() throws IOException {
    try (KeyedTable table = KeyedTable.open(path, Mode.READ_ONLY)) {
      assertThat(table.get(7L * 201).orElseThrow().f64("v")).isEqualTo(67);
      try (FileChannel file = FileChannel.open(values(), StandardOpenOption.WRITE)) {
        file.truncate(4096);
      }
      assertThatThrownBy(() -> table.get(7L * (KEYS - 1)))
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("column 'v'")
          .hasMessageContaining(".f64");
      assertThat(table.get(7L * 201).orElseThrow().text("note")).isEqualTo("note 1");
    }
  }

  /** New checksums would hide the damage. */
  @Test
  void vacuumsNoDamagedRows() throws IOException {
    flip();
    try (KeyedTable table = KeyedTable.open(path, Mode.READ_WRITE)) {
      assertThatThrownBy(table::vacuum)
          .isInstanceOf(CorruptColumnException.class)
          .hasMessageContaining("column 'v'");
    }
    try (KeyedTable table = KeyedTable.open(path, Mode.READ_ONLY)) {
      assertThat(table.get(7L * 201).orElseThrow().text("note")).isEqualTo("note 1");
    }
  }

  private void flip() throws IOException {
    try (FileChannel file = FileChannel.open(values(), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1}), 8L * 66_000);
    }
  }

  @Test
  void findsAFlippedBitWhenItsBlockIsTouched() throws IOException {
    flip();
    for (OpenOptions options : WAYS) {
      if (options.checks() == Checks.ON_TOUCH) {
        try (KeyedTable table = KeyedTable.open(path, Mode.READ_ONLY, options)) {
          assertThat(table.aggregate(count("note").as("n")).collect().row(0).i64("n")).isPositive();
          assertThatThrownBy(() -> table.aggregate(sum("v").as("s")).collect())
              .as(options.toString())
              .isInstanceOf(CorruptColumnException.class)
              .hasMessageContaining("column 'v'");
        }
      }
    }
  }

  private Path values() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(f -> f.toString().matches(".*-v-\\d+\\.f64")).findFirst().orElseThrow();
    }
  }
}
