package colonnade;

import static colonnade.Expr.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.exec.key.KeyedLimits;
import colonnade.error.ClosedException;
import colonnade.error.InvalidQueryException;
import colonnade.error.LockedException;
import colonnade.error.MemoryBudgetException;
import colonnade.error.ReadOnlyException;
import colonnade.error.TableExistsException;
import colonnade.error.TypeMismatchException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedTableTest {
  private static final Schema PRICES = Schema.of("sku", UTF8, "price", F64, "stock", I32);

  @TempDir(factory = MemoryFolder.class)
  Path directory;

  private KeyedTable prices() {
    KeyedTable table = KeyedTable.create(directory.resolve("prices"), PRICES, "sku");
    table.put("tea", 2.5, 10).put("milk", 1.25, null);
    table.commit();
    return table;
  }

  private static Map<Object, Object> prices(Frame frame) {
    Map<Object, Object> found = new TreeMap<>();
    try (Table rows = frame.collect()) {
      for (int i = 0; i < rows.rowCount(); i++) {
        assertThat(found.put(rows.get("sku", i), rows.get("price", i))).isNull();
      }
    }
    return found;
  }

  @Test
  void getsWhatWasPutLast() {
    try (KeyedTable table = prices()) {
      table.put("tea", 3.0, 9);
      assertThat(table.get("tea").orElseThrow().f64("price")).isEqualTo(3.0);
      assertThat(table.get("milk").orElseThrow().isNull("stock")).isTrue();
      assertThat(table.get("milk").orElseThrow().text("sku")).isEqualTo("milk");
      assertThat(table.get("coffee")).isEmpty();
      assertThat(prices(table)).isEqualTo(Map.of("tea", 2.5, "milk", 1.25));
      table.commit();
      assertThat(prices(table)).isEqualTo(Map.of("tea", 3.0, "milk", 1.25));
      assertThat(table.rowCount()).isEqualTo(2);
      assertThat(table.loggedRowCount()).isEqualTo(3);
    }
    try (KeyedTable again = KeyedTable.open(directory.resolve("prices"))) {
      assertThat(again.schema()).isEqualTo(PRICES);
      assertThat(again.key()).isEqualTo("sku");
      assertThat(again.get("tea").orElseThrow().i32("stock")).isEqualTo(9);
      assertThat(again.filter(col("price").gt(2)).count()).isEqualTo(1);
      assertThat(again.verify().findings()).isEmpty();
    }
  }

  @Test
  void removesAndPutsAgain() {
    try (KeyedTable table = prices()) {
      assertThat(table.remove("tea")).isTrue();
      assertThat(table.remove("tea")).isFalse();
      assertThat(table.remove("nothing")).isFalse();
      assertThat(table.contains("tea")).isFalse();
      table.commit();
      assertThat(table.contains("tea")).isFalse();
      assertThat(prices(table)).isEqualTo(Map.of("milk", 1.25));
      table.put("tea", 4.0, 1);
      assertThat(table.contains("tea")).isTrue();
      table.commit();
      assertThat(prices(table)).isEqualTo(Map.of("tea", 4.0, "milk", 1.25));
    }
  }

  @Test
  void vacuumLeavesTheRowsThatCount() {
    try (KeyedTable table = prices()) {
      for (int i = 0; i < 5; i++) {
        table.put("tea", (double) i, i);
        table.commit();
      }
      Frame before = table.select("sku", "price");
      table.remove("milk");
      assertThat(table.vacuum()).isEqualTo(7);
      assertThat(table.loggedRowCount()).isEqualTo(1);
      assertThat(prices(table)).isEqualTo(Map.of("tea", 4.0));
      assertThat(prices(before)).isEqualTo(Map.of("tea", 4.0, "milk", 1.25));
      assertThat(table.vacuum()).isZero();
      table.put("milk", 1.0, 1).commit();
      assertThat(prices(table)).isEqualTo(Map.of("tea", 4.0, "milk", 1.0));
      assertThat(table.verify().findings()).isEmpty();
    }
  }

  @Test
  void rowsStayAfterTheTableIsClosed() {
    Row tea;
    Row waiting;
    try (KeyedTable table = prices()) {
      table.put("coffee", 7.5, 3);
      tea = table.get("tea").orElseThrow();
      waiting = table.get("coffee").orElseThrow();
      table.vacuum();
    }
    assertThat(tea.f64("price")).isEqualTo(2.5);
    assertThat(tea.text("sku")).isEqualTo("tea");
    assertThat(waiting.i32("stock")).isEqualTo(3);
  }

  @Test
  void rollbackForgetsWhatWasNotCommitted() {
    try (KeyedTable table = prices()) {
      table.put("tea", 9.0, 1);
      table.remove("milk");
      assertThat(table.hasChanges()).isTrue();
      table.rollback();
      assertThat(table.hasChanges()).isFalse();
      assertThat(table.get("tea").orElseThrow().f64("price")).isEqualTo(2.5);
      assertThat(table.contains("milk")).isTrue();
    }
  }

  @Test
  void putsTheRowsOfAFrameAndOfArrays() {
    try (KeyedTable table = prices();
        Table more =
            Table.of(
                "price", new double[] {5, 6, 7},
                "stock", new int[] {1, 2, 3},
                "sku", new String[] {"tea", "rice", "tea"})) {
      table.putAll(more);
      assertThat(table.get("tea").orElseThrow().f64("price")).isEqualTo(7);
      table.putColumns(new String[] {"oil", "rice"}, new double[] {8, 9}, new int[] {4, 5});
      table.commit();
      assertThat(prices(table))
          .isEqualTo(Map.of("tea", 7.0, "milk", 1.25, "rice", 9.0, "oil", 8.0));
    }
  }

  @Test
  void refusesWhatCannotBeAKey() {
    try (KeyedTable table = prices()) {
      assertThatThrownBy(() -> table.put(null, 1.0, 1))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("without a key");
      assertThatThrownBy(
              () -> table.putColumns(new String[] {"a", null}, new double[2], new int[2]))
          .isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> table.get(null)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> table.get(5)).isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> table.put("tea", 1.0)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> table.put("tea", "dear", 1))
          .isInstanceOf(TypeMismatchException.class);
      try (Table nulls =
          Table.of("sku", new String[] {null}, "price", new double[1], "stock", new int[1])) {
        assertThatThrownBy(() -> table.putAll(nulls)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> table.putAll(nulls.drop("price")))
            .isInstanceOf(TypeMismatchException.class);
      }
      assertThat(table.hasChanges()).isFalse();
    }
    assertThatThrownBy(() -> KeyedTable.create(directory.resolve("f"), Schema.of("x", F64), "x"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("no key");
    assertThatThrownBy(() ->
            KeyedTable.create(directory.resolve("d"), Schema.of("x", I64, "_deleted", BOOL), "x"))
        .isInstanceOf(InvalidQueryException.class);
  }

  @Test
  void oneWriterAtATime() {
    Path path = directory.resolve("prices");
    KeyedTable shut;
    try (KeyedTable table = prices()) {
      assertThatThrownBy(() -> KeyedTable.open(path, Mode.READ_WRITE))
          .isInstanceOf(LockedException.class);
      assertThatThrownBy(() -> KeyedTable.create(path, PRICES, "sku"))
          .isInstanceOf(TableExistsException.class);
      try (KeyedTable reader = KeyedTable.open(path)) {
        assertThatThrownBy(() -> reader.put("tea", 1.0, 1)).isInstanceOf(ReadOnlyException.class);
        assertThatThrownBy(() -> reader.remove("tea")).isInstanceOf(ReadOnlyException.class);
        table.put("tea", 1.0, 1).commit();
        assertThat(reader.get("tea").orElseThrow().f64("price")).isEqualTo(2.5);
        reader.refresh();
        assertThat(reader.get("tea").orElseThrow().f64("price")).isEqualTo(1.0);
        table.vacuum();
        reader.refresh();
        assertThat(prices(reader)).isEqualTo(Map.of("tea", 1.0, "milk", 1.25));
      }
      shut = table;
    }
    assertThatThrownBy(() -> shut.get("tea")).isInstanceOf(ClosedException.class);
    assertThat(shut.toString()).isEqualTo("KeyedTable, closed");
  }

  /** The log is a table; what is appended to it is put, and other columns may be rewritten. */
  @Test
  void itsLogIsATable() {
    Path path = directory.resolve("prices");
    prices().close();
    try (Appender log = Table.append(path)) {
      log.append("tea", 5.0, 1, false).append("milk", null, null, true);
    }
    try (Table log = Table.open(path, Mode.READ_WRITE)) {
      assertThat(log.rowCount()).isEqualTo(4);
      log.update("price", col("price").times(2));
      log.commit();
    }
    try (KeyedTable table = KeyedTable.open(path)) {
      assertThat(prices(table)).isEqualTo(Map.of("tea", 10.0));
      assertThat(table.contains("milk")).isFalse();
    }
    try (Appender log = Table.append(path)) {
      log.append(null, 5.0, 1, false);
    }
    try (KeyedTable table = KeyedTable.open(path)) {
      assertThatThrownBy(() -> table.get("tea"))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("rows without a key");
    }
  }

  @Test
  void aTableWithoutAKeyIsNoKeyedTable() {
    Path path = directory.resolve("plain");
    Table.of("x", new int[] {1}).writeTo(path).close();
    assertThatThrownBy(() -> KeyedTable.open(path))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("no keyed table");
  }

  @Test
  void keysHaveAnyTypeButFloatingPoint() {
    LocalDate day = LocalDate.of(2026, 2, 28);
    LocalDateTime time = LocalDateTime.of(2026, 2, 28, 12, 30);
    Map<DataType, Object> keys =
        Map.of(
            I8,
            (byte) -1,
            U8,
            200,
            I16,
            -300,
            U16,
            60_000,
            I32,
            -70_000,
            U32,
            4_000_000_000L,
            I64,
            Long.MIN_VALUE,
            DATE,
            day,
            TIMESTAMP_MICROS,
            time);
    keys.forEach((type, value) -> {
      try (KeyedTable table =
          KeyedTable.create(directory.resolve(type.label()), Schema.of("v", F64, "k", type), "k")) {
        table.put(1.0, value).commit();
        assertThat(table.get(value).orElseThrow().f64("v")).isEqualTo(1.0);
        table.put(2.0, value).commit();
        assertThat(table.get(value).orElseThrow().f64("v")).isEqualTo(2.0);
        assertThat(table.rowCount()).isEqualTo(1);
      }
    });
    try (KeyedTable table =
        KeyedTable.create(directory.resolve("b"), Schema.of("k", BINARY), "k")) {
      table.put((Object) new byte[] {1, 0}).put((Object) new byte[] {1}).commit();
      assertThat(table.contains(new byte[] {1})).isTrue();
      assertThat(table.contains(new byte[] {0})).isFalse();
      assertThat(table.rowCount()).isEqualTo(2);
    }
  }

  @Test
  void goesOnBehindAnUndo() {
    Path path = directory.resolve("prices");
    try (KeyedTable table = prices()) {
      table.put("tea", 3.0, 9).put("coffee", 4.0, 1);
      table.commit();
    }
    try (Table rows = Table.open(path, Mode.READ_WRITE)) {
      rows.undo();
    }
    try (KeyedTable table = KeyedTable.open(path, Mode.READ_WRITE)) {
      assertThat(prices(table)).isEqualTo(Map.of("tea", 2.5, "milk", 1.25));
      assertThat(table.get("coffee")).isEmpty();
      table.put("cocoa", 5.0, 2);
      table.commit();
      assertThat(prices(table)).isEqualTo(Map.of("tea", 2.5, "milk", 1.25, "cocoa", 5.0));
      assertThat(table.get("tea").orElseThrow().f64("price")).isEqualTo(2.5);
      assertThat(table.vacuum()).isZero();
    }
    try (KeyedTable table = KeyedTable.open(path)) {
      assertThat(prices(table)).isEqualTo(Map.of("tea", 2.5, "milk", 1.25, "cocoa", 5.0));
      assertThat(table.verify().isSound()).isTrue();
    }
  }

  /** What does not fit in memory waits in files, and is committed or forgotten like the rest. */
  @Test
  void putsMoreThanItsLimit() {
    Path path = directory.resolve("prices");
    prices().close();
    KeyedLimits limits = new KeyedLimits(1_000, 20_000 * 48);
    String[] keys = new String[20_000];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "key-" + i + "-".repeat(100);
    }
    double[] values = new double[keys.length];
    try (KeyedTable table = KeyedTable.open(path, limits)) {
      java.util.Arrays.fill(values, 1);
      table.putColumns(keys, values, new int[keys.length]);
      assertThat(table.get(keys[5]).orElseThrow().f64("price")).isEqualTo(1);
      table.rollback();
      assertThat(table.get(keys[5])).isEmpty();
      java.util.Arrays.fill(values, 2);
      table.putColumns(keys, values, new int[keys.length]);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < keys.length; i++) {
                  table.put("one more, " + i, 1.0, 1);
                }
              })
          .isInstanceOf(MemoryBudgetException.class)
          .hasMessageContaining("Commit in between");
      assertThatThrownBy(() -> table.remove(keys[6])).isInstanceOf(MemoryBudgetException.class);
    }
    try (KeyedTable table = KeyedTable.open(path, limits)) {
      assertThat(prices(table)).isEqualTo(Map.of("tea", 2.5, "milk", 1.25));
      table.putColumns(keys, values, new int[keys.length]);
      table.commit();
      table.put("one more", 1.0, 1);
      table.remove(keys[6]);
      table.commit();
    }
    try (KeyedTable table = KeyedTable.open(path)) {
      assertThat(table.rowCount()).isEqualTo(keys.length + 2);
      assertThat(table.get(keys[19_999]).orElseThrow().f64("price")).isEqualTo(2);
      assertThat(table.contains(keys[6])).isFalse();
      assertThat(table.verify().isSound()).isTrue();
    }
  }
}
