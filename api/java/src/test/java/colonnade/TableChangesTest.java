package colonnade;

import static colonnade.Expr.col;
import static colonnade.Expr.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.ClosedException;
import colonnade.error.ComputationException;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import colonnade.error.UnknownColumnException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes are seen by the table that makes them, and by others after the commit. */
class TableChangesTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void write() {
    path = folder.resolve("t");
    try (Table table =
        Table.of("km", new int[] {10, 20, 30}, "fare", new Double[] {1.0, null, 3.0})) {
      table.writeTo(path).close();
    }
  }

  @Test
  void updatesTheRowsForWhichTheConditionIsTrue() {
    try (Table table = Table.open(path, Mode.READ_WRITE);
        Table other = Table.open(path)) {
      table.update("fare", col("fare").plus(1), col("fare").gt(1));
      assertThat(values(table, "fare")).containsExactly(1.0, null, 4.0);
      assertThat(values(other, "fare")).containsExactly(1.0, null, 3.0);
      table.commit();
      assertThat(table.generation()).isEqualTo(2);
      assertThat(values(table, "fare")).containsExactly(1.0, null, 4.0);
      assertThat(values(other, "fare")).containsExactly(1.0, null, 3.0);
    }
    try (Table table = Table.open(path)) {
      assertThat(values(table, "fare")).containsExactly(1.0, null, 4.0);
      assertThat(values(table, "km")).containsExactly(10L, 20L, 30L);
      assertThat(table.verify().isSound()).isTrue();
    }
  }

  @Test
  void roundsNumbersIntoIntegerColumns() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.update("km", col("km").times(1.609344), col("km").ge(20));
      assertThat(values(table, "km")).containsExactly(10L, 32L, 48L);
      assertThat(table.schema().field("km").type()).isEqualTo(DataType.I32);
    }
  }

  @Test
  void appliesChangesInTheirOrder() {
    try (Table table = Table.open(path, Mode.COPY_ON_WRITE)) {
      table.put("km", 0, 1);
      table.update("km", col("km").times(2));
      table.put("km", 2, 7);
      table.put("fare", 1, 5);
      table.put("fare", 0, null);
      table.update("fare", col("km"), col("km").eq(7));
      assertThat(values(table, "km")).containsExactly(2L, 40L, 7L);
      assertThat(values(table, "fare")).containsExactly(null, 5.0, 7.0);
      assertThat(table.row(2).f64("fare")).isEqualTo(7.0);
      try (Table nulls = table.filter(col("fare").isNull()).collect()) {
        assertThat(nulls.rowCount()).isEqualTo(1);
      }
    }
  }

  @Test
  void addsColumnsComputedFromOthers() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.addColumn("pace", col("fare").div(col("km")));
      table.update("pace", lit(0), col("pace").isNull());
      table.commit();
      assertThatThrownBy(() -> table.addColumn("pace", lit(1)))
          .isInstanceOf(InvalidQueryException.class);
    }
    try (Table table = Table.open(path)) {
      assertThat(values(table, "pace")).containsExactly(0.1, 0.0, 0.1);
    }
  }

  @Test
  void forgetsWhatIsRolledBackOrNotCommitted() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.update("km", 0);
      assertThat(table.hasChanges()).isTrue();
      table.rollback();
      assertThat(table.hasChanges()).isFalse();
      assertThat(values(table, "km")).containsExactly(10L, 20L, 30L);
      table.update("km", 0);
    }
    try (Table table = Table.open(path)) {
      assertThat(values(table, "km")).containsExactly(10L, 20L, 30L);
      assertThat(table.generation()).isEqualTo(1);
    }
  }

  @Test
  void commitsNothingWhereNothingChanged() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.commit();
      assertThat(table.generation()).isEqualTo(1);
    }
  }

  @Test
  void refusesAChangeThatDoesNotFit() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      assertThatThrownBy(() -> table.update("kn", 1)).isInstanceOf(UnknownColumnException.class);
      assertThatThrownBy(() -> table.update("km", "far")).isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> table.update("km", 1, col("km")))
          .isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> table.put("km", 3, 1)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> table.put("km", 0, "far")).isInstanceOf(TypeMismatchException.class);
      assertThat(table.hasChanges()).isFalse();
    }
  }

  @Test
  void keepsTheTableWhenACommitFails() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.update("km", col("km").times(1_000_000_000));
      assertThatThrownBy(table::commit).isInstanceOf(ComputationException.class);
      assertThat(table.generation()).isEqualTo(1);
      table.rollback();
      table.update("km", 1);
      table.commit();
      assertThat(values(table, "km")).containsExactly(1L, 1L, 1L);
    }
  }

  @Test
  void showsFramesMadeBeforeACommitWhatWas() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      Frame before = table.select("km");
      table.update("km", 0);
      Frame between = table.select("km");
      table.commit();
      assertThat(values(before.collect(), "km")).containsExactly(10L, 20L, 30L);
      assertThat(values(between.collect(), "km")).containsExactly(0L, 0L, 0L);
    }
  }

  @Test
  void appendsBetweenChanges() {
    try (Table table = Table.open(path, Mode.READ_WRITE)) {
      table.update("km", 1);
      assertThatThrownBy(table::appender).isInstanceOf(InvalidQueryException.class);
      table.commit();
      try (Appender rows = table.appender()) {
        rows.append(40, 4.0);
        table.update("km", 2);
        assertThatThrownBy(table::commit).isInstanceOf(InvalidQueryException.class);
        table.rollback();
      }
      assertThat(values(table, "km")).containsExactly(1L, 1L, 1L, 40L);
    }
  }

  @Test
  void changesTablesOfManyBlocks() {
    Path large = folder.resolve("large");
    int[] numbers = IntStream.range(0, 150_000).toArray();
    try (Table table = Table.of("n", numbers)) {
      table.writeTo(large).close();
    }
    try (Table table = Table.open(large, Mode.READ_WRITE)) {
      table.update("n", col("n").unaryMinus(), col("n").ge(100_000));
      table.put("n", 70_000, -1);
      table.commit();
    }
    try (Table table = Table.open(large)) {
      assertThat(table.get("n", 69_999)).isEqualTo(69_999L);
      assertThat(table.get("n", 70_000)).isEqualTo(-1L);
      assertThat(table.get("n", 149_999)).isEqualTo(-149_999L);
    }
  }

  @Test
  void refusesChangesAfterClose() {
    Table table = Table.open(path, Mode.READ_WRITE);
    table.close();
    assertThatThrownBy(() -> table.update("km", 1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(table::commit).isInstanceOf(ClosedException.class);
    assertThatThrownBy(table::appender).isInstanceOf(ClosedException.class);
  }

  private static Object[] values(Table table, String column) {
    Object[] values = new Object[(int) table.rowCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.get(column, i);
    }
    return values;
  }
}
