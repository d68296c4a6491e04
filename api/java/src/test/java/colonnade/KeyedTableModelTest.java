package colonnade;

import static colonnade.DataType.F64;
import static colonnade.DataType.UTF8;
import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.exec.key.KeyedLimits;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random changes of a keyed table, beside those of a map. */
class KeyedTableModelTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int STEPS = 150;

  /** Index files after few rows, and pieces of a few rows, of which most are in files. */
  private static final KeyedLimits LIMITS = new KeyedLimits(100, 450 * 48);

  @TempDir(factory = MemoryFolder.class)
  Path directory;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<Object, Optional<Double>> committed = new HashMap<>();
  private final Map<Object, Optional<Double>> expected = new HashMap<>();

  @ParameterizedTest
  @EnumSource(names = {"I64", "UTF8", "DATE"})
  void holdsWhatAMapHolds(DataType keyType) {
    Path path = directory.resolve("table");
    Schema schema = Schema.of("value", F64, "key", keyType, "note", UTF8);
    KeyedTable.create(path, schema, "key").close();
    KeyedTable table = KeyedTable.open(path, LIMITS);
    try {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(24)) {
          case 0 -> {
            table.close();
            table = KeyedTable.open(path, LIMITS);
            expected.clear();
            expected.putAll(committed);
          }
          case 1 -> {
            table.vacuum();
            keep();
            assertThat(table.loggedRowCount()).isEqualTo(expected.size());
          }
          case 2 -> {
            table.rollback();
            expected.clear();
            expected.putAll(committed);
          }
          case 3, 4, 5 -> {
            table.commit();
            keep();
          }
          case 6, 7 -> compare(table);
          case 8, 9, 10 -> {
            Object key = key(keyType);
            assertThat(table.remove(key))
                .as("seed %d, step %d: remove %s", SEED, step, key)
                .isEqualTo(expected.remove(key) != null);
          }
          default -> put(table, keyType);
        }
        Object key = key(keyType);
        Optional<Row> row = table.get(key);
        assertThat(row.map(found -> Optional.ofNullable((Double) found.get("value"))).orElse(null))
            .as("seed %d, step %d: get %s", SEED, step, key)
            .isEqualTo(expected.get(key));
        row.ifPresent(found -> assertThat(found.text("note")).isEqualTo("of " + key));
      }
      table.commit();
      keep();
      compare(table);
      assertThat(table.verify().findings()).isEmpty();
    } finally {
      table.close();
    }
  }

  private void keep() {
    committed.clear();
    committed.putAll(expected);
  }

  private void put(KeyedTable table, DataType keyType) {
    for (int i = random.nextInt(60); i >= 0; i--) {
      Object key = key(keyType);
      @Nullable Double value = random.nextInt(5) == 0 ? null : (Double) random.nextDouble();
      table.put(value, key, "of " + key);
      expected.put(key, Optional.ofNullable(value));
    }
  }

  private Object key(DataType type) {
    int key = random.nextInt(random.nextBoolean() ? 20 : 400);
    return switch (type) {
      case I64 -> (long) key * 1_000_003;
      case UTF8 -> "key-" + "x".repeat(key % 11) + key;
      default -> java.time.LocalDate.ofEpochDay(key);
    };
  }

  private void compare(KeyedTable table) {
    Map<Object, Optional<Double>> found = new HashMap<>();
    try (Table rows = table.collect()) {
      for (int i = 0; i < rows.rowCount(); i++) {
        Object before =
            found.put(rows.get("key", i), Optional.ofNullable((Double) rows.get("value", i)));
        assertThat(before).as("seed %d: two rows with one key", SEED).isNull();
      }
    }
    assertThat(found).as("seed %d", SEED).isEqualTo(committed);
    assertThat(table.count()).isEqualTo(committed.size());
  }
}
