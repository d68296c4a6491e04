package colonnade;

import static colonnade.Expr.col;
import static colonnade.Expr.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.store.ColumnDifference;
import colonnade.engine.store.Generation;
import colonnade.engine.store.TableDifference;
import colonnade.engine.store.TableStore;
import colonnade.error.ComputationException;
import colonnade.error.GenerationGoneException;
import colonnade.error.InvalidQueryException;
import colonnade.error.ReadOnlyException;
import colonnade.error.TypeMismatchException;
import colonnade.error.UnknownColumnException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table's generations are looked at, compared and gone back to; its columns rearranged. */
class TableHistoryTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void write() {
    path = folder.resolve("t");
    try (Table table =
        Table.of(
            "km", new int[] {10, 20, 30},
            "fare", new Double[] {1.0, null, 3.0},
            "town", new String[] {"7", "8", "x"})) {
      table.writeTo(path).close();
    }
  }

  @Test
  void showsATableAsItWasAtAGeneration() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.update("km", col("km").times(2));
      table.commit();
      try (Table before = table.at(1)) {
        assertThat(values(before, "km")).containsExactly(10L, 20L, 30L);
        assertThat(values(table, "km")).containsExactly(20L, 40L, 60L);
        assertThat(before.generation()).isEqualTo(1);
        assertThatThrownBy(() -> before.update("km", 1)).isInstanceOf(ReadOnlyException.class);
        before.refresh();
        assertThat(before.generation()).isEqualTo(2);
      }
      assertThatThrownBy(() -> table.at(3)).isInstanceOf(GenerationGoneException.class);
      assertThat(table.history().stream().map(Generation::operation))
          .containsExactly("replace km", "create");
    }
  }

  @Test
  void undoesAndRestoresAndRefusesWhatIsGone() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      assertThatThrownBy(table::undo).isInstanceOf(GenerationGoneException.class);
      try (Appender appender = table.appender()) {
        appender.append(40, 4.0, "y");
      }
      Frame appended = table.select("km");
      assertThat(table.undo()).isEqualTo(1);
      assertThat(table.generation()).isEqualTo(3);
      assertThat(values(table, "km")).containsExactly(10L, 20L, 30L);
      assertThat(appended.count()).isEqualTo(4);
      try (Appender appender = table.appender()) {
        appender.append(50, 5.0, "z");
      }
      assertThat(values(table, "km")).containsExactly(10L, 20L, 30L, 50L);
      assertThat(appended.aggregate(sum("km").as("s")).collect().row(0).i64("s")).isEqualTo(100);
      table.restore(2);
      assertThat(values(table, "km")).containsExactly(10L, 20L, 30L, 40L);
      table.undo();
      assertThat(values(table, "km")).containsExactly(10L, 20L, 30L, 50L);
      assertThatThrownBy(() -> table.restore(99)).isInstanceOf(GenerationGoneException.class);
      assertThat(table.verify().findings()).isEmpty();
    }
  }

  @Test
  void refusesToGoBackWhereTheModeKeepsNothingOrChangesWait() {
    try (Table reading = Table.open(path);
        Table held = Table.of("x", new int[] {1})) {
      assertThatThrownBy(reading::undo).isInstanceOf(ReadOnlyException.class);
      assertThatThrownBy(() -> reading.keep(Retention.DEFAULT))
          .isInstanceOf(ReadOnlyException.class);
      assertThatThrownBy(held::history).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(held::undo).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(held::ref).isInstanceOf(InvalidQueryException.class);
    }
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.put("km", 0, 1);
      assertThatThrownBy(table::undo)
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("uncommitted");
    }
  }

  @Test
  void keepsAsManyGenerationsAsItIsTold() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.keep(Retention.generations(3));
    }
    for (int i = 0; i < 5; i++) {
      try (Appender appender = Table.append(path)) {
        appender.append(i, 1.0, "y");
      }
    }
    assertThat(TableStore.generations(path)).containsExactly(7L, 6L, 5L);
  }

  @Test
  void dropsRenamesAndRetypesWithoutWritingTheOtherColumns() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.dropColumn("fare");
      table.renameColumn("town", "fare");
      table.retypeColumn("km", DataType.F32);
      table.addColumn("far", col("km").gt(15));
      assertThat(table.schema().names()).containsExactly("km", "fare", "far");
      assertThat(values(table, "km")).containsExactly(10.0, 20.0, 30.0);
      table.commit();
      assertThat(table.schema())
          .isEqualTo(Schema.of("km", DataType.F32, "fare", DataType.UTF8, "far", DataType.BOOL));
      assertThat(values(table, "fare")).containsExactly("7", "8", "x");
      assertThat(values(table, "far")).containsExactly(false, true, true);
      TableDifference difference = table.diff(1, 2);
      assertThat(difference.columns().stream().map(ColumnDifference::toString))
          .containsExactly(
              "km: retyped from i32 to f32",
              "fare: renamed from town",
              "far bool: added",
              "fare f64: dropped");
      assertThat(table.stat().files().stream().filter(f -> f.column().equals("fare")))
          .isNotEmpty()
          .allMatch(f -> f.name().contains("-town-1."));
      assertThat(table.verify().findings()).isEmpty();
    }
  }

  /** In all read modes; one NaN is like another, and a null like a null. */
  @Test
  void showsTheRowsThatChanged() {
    int rows = 140_000;
    Double[] values = new Double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = i % 7 == 0 ? null : i % 11 == 0 ? Double.NaN : i / 3.0;
    }
    Path large = folder.resolve("large");
    Table.of("x", values, "s", new String[rows]).writeTo(large).close();
    try (Table table = Table.open(large, Mode.READ_WRITE)) {
      table.put("x", 7, 1.5);
      table.put("x", 66_001, null);
      table.put("x", 11, Double.longBitsToDouble(0x7ff8_0000_0000_0001L));
      table.put("x", 139_999, -0.0);
      table.put("s", 3, "new");
      table.renameColumn("x", "y");
      table.commit();
      try (Appender appender = table.appender()) {
        appender.append(1.0, "more");
      }
    }
    for (ReadMode mode : ReadMode.values()) {
      OpenOptions options = OpenOptions.DEFAULT.withReadMode(mode);
      try (Table after = Table.open(large, Mode.READ_ONLY, options);
          Table before = after.at(1);
          Table changed = after.changedRows(before, "y").collect();
          Table texts = after.changedRows(before, "s").collect();
          Table none = after.changedRows(after, "s").collect()) {
        assertThat(values(changed, "row")).containsExactly(7L, 66_001L, 139_999L);
        assertThat(values(changed, "before")).containsExactly(null, 66_001 / 3.0, 139_999 / 3.0);
        assertThat(values(changed, "after")).containsExactly(1.5, null, -0.0);
        assertThat(values(texts, "row")).containsExactly(3L);
        assertThat(values(texts, "after")).containsExactly("new");
        assertThat(none.rowCount()).isZero();
        assertThat(after.diff(1, 3).columns().getFirst().changedRows()).hasValue(3);
        assertThatThrownBy(() -> after.changedRows(before, "x"))
            .isInstanceOf(UnknownColumnException.class);
        try (Table other = Table.open(path)) {
          assertThatThrownBy(() -> after.changedRows(other, "y"))
              .isInstanceOf(InvalidQueryException.class)
              .hasMessageContaining("another table");
        }
      }
    }
  }

  @Test
  void renamesInCirclesAndDropsWhatWasAddedBefore() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.renameColumn("km", "t");
      table.renameColumn("town", "km");
      table.renameColumn("t", "town");
      table.put("town", 1, 99);
      table.addColumn("more", col("town").plus(1));
      table.renameColumn("more", "even more");
      table.addColumn("less", col("even more").minus(1));
      table.dropColumn("even more");
      table.commit();
      assertThat(table.schema().names()).containsExactly("town", "fare", "km", "less");
      assertThat(values(table, "town")).containsExactly(10L, 99L, 30L);
      assertThat(values(table, "km")).containsExactly("7", "8", "x");
      assertThat(values(table, "less")).containsExactly(10L, 99L, 30L);
      assertThat(table.verify().findings()).isEmpty();
    }
  }

  @Test
  void refusesWhatCannotBeRearrangedAndLeavesTheTableAsItWas() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      assertThatThrownBy(() -> table.dropColumn("kn")).isInstanceOf(UnknownColumnException.class);
      assertThatThrownBy(() -> table.renameColumn("km", "fare"))
          .isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> table.retypeColumn("km", DataType.BINARY))
          .isInstanceOf(TypeMismatchException.class);
      assertThat(table.hasChanges()).isFalse();
      table.retypeColumn("town", DataType.I64);
      assertThatThrownBy(table::commit)
          .isInstanceOf(ComputationException.class)
          .hasMessageContaining("x");
      table.rollback();
      table.dropColumn("km");
      table.dropColumn("fare");
      assertThatThrownBy(() -> table.dropColumn("town"))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("only column");
      table.rollback();
      table.renameColumn("km", "km");
      table.retypeColumn("km", DataType.I32);
      table.commit();
      assertThat(table.generation()).isEqualTo(1);
      assertThat(values(table, "town")).containsExactly("7", "8", "x");
    }
  }

  @Test
  void refreshNeverGoesBackAndLetsGoWhatNoFrameReads() throws Exception {
    try (Table reader = Table.open(path);
        Table writer = Table.open(path, Mode.READ_WRITE)) {
      writer.keep(Retention.generations(2));
      Frame first = reader.select("km");
      long before = 0;
      for (int i = 0; i < 40; i++) {
        try (Appender appender = writer.appender()) {
          appender.append(i, 1.0, "y");
        }
        reader.refresh();
        assertThat(reader.generation()).isGreaterThan(before).isEqualTo(writer.generation());
        before = reader.generation();
      }
      assertThat(first.count()).isEqualTo(3);
      // The writer's and the reader's older snapshots go with the garbage.
      for (int i = 0; i < 100 && TableStore.generations(path).size() > 3; i++) {
        System.gc();
        Thread.sleep(20);
        try (Appender appender = writer.appender()) {
          appender.append(i, 1.0, "y");
        }
        reader.refresh();
      }
      assertThat(TableStore.generations(path)).hasSizeLessThan(6).contains(1L);
      assertThat(first.count()).isEqualTo(3);
    }
    try (Table writer = Table.open(path, Mode.READ_WRITE)) {
      writer.keep(Retention.generations(2));
    }
    assertThat(TableStore.generations(path)).hasSize(2);
  }

  private static Iterable<Object> values(Frame frame, String column) {
    try (Table all = frame.collect()) {
      return IntStream.range(0, (int) all.rowCount())
          .mapToObj(row -> all.get(column, row))
          .toList();
    }
  }
}
