package colonnade;

import static colonnade.Expr.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.store.Sortedness;
import colonnade.error.ClosedException;
import colonnade.error.InvalidQueryException;
import colonnade.error.NotATableException;
import colonnade.error.TableExistsException;
import colonnade.error.TypeMismatchException;
import colonnade.error.UnknownColumnException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in memory and on disk: reading rows, opening, closing, generations. */
class TableTest {
  @TempDir Path folder;

  private static Table everyType() {
    return Table.of(
        "i8", new byte[] {-1, 2},
        "i16", new short[] {-300, 2},
        "i32", new int[] {-70_000, 2},
        "i64", new Long[] {-5_000_000_000L, null},
        "f32", new float[] {1.5f, Float.NaN},
        "f64", new Double[] {0.1, null},
        "bool", new Boolean[] {true, null},
        "date", new LocalDate[] {LocalDate.of(1969, 7, 20), null},
        "time", new LocalDateTime[] {LocalDateTime.of(1969, 7, 20, 20, 17, 40, 123_456_000), null},
        "text", new String[] {"Grüße 🙂", null},
        "bytes", new byte[][] {{1, 2}, null});
  }

  @Test
  void givesBackEveryTypeFromMemoryAndFromDisk() {
    try (Table memory = everyType();
        Table stored = memory.writeTo(folder.resolve("t"))) {
      for (Table table : new Table[] {memory, stored}) {
        Row row = table.row(0);
        assertThat(row.get("i8")).isEqualTo(-1L);
        assertThat(row.i32("i16")).isEqualTo(-300);
        assertThat(row.i64("i32")).isEqualTo(-70_000);
        assertThat(row.i64("i64")).isEqualTo(-5_000_000_000L);
        assertThat(row.f32("f32")).isEqualTo(1.5f);
        assertThat(row.f64("f64")).isEqualTo(0.1);
        assertThat(row.bool("bool")).isTrue();
        assertThat(row.date("date")).isEqualTo(LocalDate.of(1969, 7, 20));
        assertThat(row.timestamp("time"))
            .isEqualTo(LocalDateTime.of(1969, 7, 20, 20, 17, 40, 123_456_000));
        assertThat(row.text("text")).isEqualTo("Grüße 🙂");
        assertThat(row.bytes("bytes")).containsExactly(1, 2);
        assertThat(table.row(1).f32("f32")).isNaN();
        for (String column : new String[] {"i64", "f64", "bool", "date", "time", "text", "bytes"}) {
          assertThat(table.row(1).isNull(column)).as(column).isTrue();
          assertThat(table.get(column, 1)).as(column).isNull();
        }
        assertThat(table.row(1).text("text")).isNull();
      }
    }
  }

  @Test
  void refusesAReaderOfAnotherTypeAndNamesTheRightOne() {
    try (Table table = everyType()) {
      Row row = table.row(0);
      assertThatThrownBy(() -> row.f64("text"))
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContaining("column 'text' is utf8; f64 does not read it")
          .hasMessageContaining("Ask for text");
      assertThatThrownBy(() -> row.i32("i64")).isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> row.f64("i64")).isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> row.i64("f64")).isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> row.f32("f64")).isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> row.text("date")).isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> row.date("time")).isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> row.get("txt"))
          .isInstanceOf(UnknownColumnException.class)
          .hasMessageContaining("'text'");
    }
  }

  @Test
  void refusesToMakeAPrimitiveOfANull() {
    try (Table table = everyType()) {
      assertThatThrownBy(() -> table.row(1).f64("f64"))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("null in row 1")
          .hasMessageContaining("isNull(\"f64\")");
    }
  }

  @Test
  void refusesARowThatIsNotThere() {
    try (Table table = everyType()) {
      assertThatThrownBy(() -> table.row(2))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("no row 2; it has 2 rows");
      assertThatThrownBy(() -> table.row(-1)).isInstanceOf(InvalidQueryException.class);
    }
  }

  @Test
  void findsRowsInEveryBlock() {
    long[] numbers = LongStream.range(0, 200_001).toArray();
    try (Table memory = Table.of("n", numbers);
        Table stored = memory.writeTo(folder.resolve("n"))) {
      for (long row : new long[] {0, 7, 65_535, 65_536, 131_079, 200_000}) {
        assertThat(memory.row(row).i64("n")).isEqualTo(row);
        assertThat(stored.row(row).i64("n")).isEqualTo(row);
      }
    }
  }

  @Test
  void refusesEveryUseAfterClose() {
    try (Table memory = everyType()) {
      Table stored = memory.writeTo(folder.resolve("t"));
      Frame frame = stored.filter(col("i8").gt(0));
      Row row = stored.row(0);
      stored.close();
      stored.close();
      assertThatThrownBy(() -> stored.row(0)).isInstanceOf(ClosedException.class);
      assertThatThrownBy(() -> row.get("i8")).isInstanceOf(ClosedException.class);
      assertThatThrownBy(stored::schema).isInstanceOf(ClosedException.class);
      assertThatThrownBy(stored::rowCount).isInstanceOf(ClosedException.class);
      assertThatThrownBy(stored::collect).isInstanceOf(ClosedException.class);
      assertThatThrownBy(frame::collect).isInstanceOf(ClosedException.class);
      assertThatThrownBy(() -> stored.update("i8", 1)).isInstanceOf(Exception.class);
      assertThat(stored).hasToString("Table, closed");
    }
    Table memory = everyType();
    Frame frame = memory.select("i8");
    memory.close();
    assertThatThrownBy(() -> memory.row(0)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(memory::collect).isInstanceOf(ClosedException.class);
    assertThatThrownBy(frame::collect).isInstanceOf(ClosedException.class);
  }

  @Test
  void keepsAResultAliveForTheFramesMadeFromIt() throws Exception {
    Frame frame = everyType().select("i32");
    for (int i = 0; i < 20; i++) {
      System.gc();
      Thread.sleep(1);
    }
    try (Table result = frame.collect()) {
      assertThat(result.row(0).i32("i32")).isEqualTo(-70_000);
    }
  }

  @Test
  void describesItsSchemaWithEncodingsRowsAndBytes() {
    try (Table memory = Table.of("a b", new double[] {1, 2}, "🙂", new String[] {"x", null});
        Table stored = memory.writeTo(folder.resolve("t"))) {
      assertThat(stored.schema()).isEqualTo(memory.schema()).isInstanceOf(TableSchema.class);
      TableSchema schema = (TableSchema) stored.schema();
      assertThat(schema.bytes(0)).isEqualTo(2);
      assertThat(schema.nullCount(1)).isEqualTo(1);
      assertThat(schema.rowCount()).isEqualTo(2);
      assertThat(schema.sorted(0)).isEqualTo(Sortedness.ASCENDING);
      assertThat(schema.sorted(1)).isEqualTo(Sortedness.UNKNOWN);
      assertThat(schema.toString())
          .contains("2  ascending\n")
          .contains("a b     f64        scaled")
          .contains("🙂      utf8")
          .contains("2 rows × 2 columns")
          .endsWith("generation 1");
    }
  }

  @Test
  void replacesATableOnlyWhenAskedTo() {
    Path path = folder.resolve("t");
    try (Table first = Table.of("a", new int[] {1});
        Table second = Table.of("b", new int[] {2})) {
      first.writeTo(path).close();
      assertThatThrownBy(() -> second.writeTo(path))
          .isInstanceOf(TableExistsException.class)
          .hasMessageContaining("Mode.CREATE");
      assertThatThrownBy(() -> second.writeTo(folder.resolve("u"), Mode.READ_ONLY))
          .isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> Table.create(path, second.schema()))
          .isInstanceOf(TableExistsException.class);
      try (Table replaced = second.writeTo(path, Mode.CREATE)) {
        assertThat(replaced.schema().names()).containsExactly("b");
      }
    }
  }

  @Test
  void appendsTheRowsOfAFrame() {
    Path path = folder.resolve("t");
    try (Table first = Table.of("a", new int[] {1, 2}, "b", new String[] {"x", "y"})) {
      first.writeTo(path).close();
      assertThatThrownBy(() -> first.select("a").appendTo(path))
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContaining("b: utf8");
      try (Table both = first.select("b", "a").filter(col("a").gt(1)).appendTo(path)) {
        assertThat(both.rowCount()).isEqualTo(3);
        assertThat(both.get("a", 2)).isEqualTo(2L);
        assertThat(both.get("b", 2)).isEqualTo("y");
      }
    }
  }

  @Test
  void replacesTheTableThatItReads() {
    Path path = folder.resolve("t");
    try (Table first = Table.of("a", new int[] {1, 2, 3})) {
      first.writeTo(path).close();
    }
    try (Table old = Table.open(path);
        Table next = old.map("a", col("a").times(2)).writeTo(path, Mode.CREATE)) {
      assertThat(old.row(2).i64("a")).isEqualTo(3);
      assertThat(next.row(2).i64("a")).isEqualTo(6);
      assertThat(next.generation()).isEqualTo(old.generation() + 1);
    }
  }

  @Test
  void leavesNoTableWhenAWriteFails() {
    Path path = folder.resolve("t");
    try (Table table = Table.of("a", new String[] {"1", "x"})) {
      assertThatThrownBy(() -> table.map("a", col("a").cast(Expr.I64)).writeTo(path))
          .isInstanceOf(colonnade.error.ComputationException.class);
      assertThatThrownBy(() -> Table.open(path)).isInstanceOf(NotATableException.class);
    }
  }

  @Test
  void refusesAnotherSchemaThanTheOneAskedFor() {
    Path path = folder.resolve("t");
    try (Table table = Table.of("a", new int[] {1})) {
      table.writeTo(path).close();
    }
    assertThatThrownBy(() -> Table.open(path, Mode.READ_ONLY, Schema.of("a", Expr.I64)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("a: i32")
        .hasMessageContaining("a: i64");
  }

  @Test
  void checksItsFiles() {
    try (Table memory = everyType();
        Table stored = memory.writeTo(folder.resolve("t"))) {
      assertThat(stored.verify().isSound()).isTrue();
      assertThat(stored.stat().rowCount()).isEqualTo(2);
      assertThatThrownBy(memory::stat).isInstanceOf(InvalidQueryException.class);
    }
  }

  @Test
  void refusesColumnsOfDifferentLength() {
    assertThatThrownBy(() -> Table.of("a", new int[1], "b", new int[2]))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("column 'b' has 2 values, the first has 1");
    assertThatThrownBy(() -> Table.of("a", "b")).isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(() -> Table.of("a")).isInstanceOf(InvalidQueryException.class);
  }
}
