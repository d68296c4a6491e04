package colonnade;

import static colonnade.Expr.col;
import static colonnade.Expr.lit;
import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table led through random puts, updates, nulls, appends, vacuums and undos holds what lists of
 * values led through the same hold: in every encoding, in every mode of reading, and with values
 * that an encoding cannot hold.
 */
class PatchModelTest {
  private static final long SEED = Long.getLong("seed", 20_261_130);

  private static final Schema SCHEMA =
      Schema.of(
          "id",
          DataType.I64,
          "plain",
          DataType.I64,
          "narrow",
          DataType.I32,
          "cents",
          DataType.F64,
          "real",
          DataType.F64,
          "single",
          DataType.F32,
          "flag",
          DataType.BOOL,
          "word",
          DataType.UTF8,
          "text",
          DataType.UTF8,
          "day",
          DataType.DATE,
          "small",
          DataType.U8,
          "same",
          DataType.I64);

  private static final WriteOptions WRITING =
      WriteOptions.DEFAULT
          .withEncoding("text", EncodingChoice.PLAIN)
          .withRetention(Retention.generations(100));

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** What each generation holds, by columns. */
  private final Map<Long, List<List<@Nullable Object>>> states = new HashMap<>();

  private List<List<@Nullable Object>> now = new ArrayList<>();
  private int patches;

  @TempDir Path folder;

  @Test
  void aSmallTableHoldsWhatItsModelHolds() {
    for (int round = 0; round < 3; round++) {
      lead(folder.resolve("small" + round), 1_500 + random.nextInt(200), 25);
    }
    assertThat(patches).as("generations with patches, -Dseed=%d", SEED).isGreaterThan(25);
  }

  @Test
  void aTableOfSeveralBlocksHoldsWhatItsModelHolds() {
    lead(folder.resolve("large"), 65_536 + 2_000, 8);
    assertThat(patches).as("generations with patches, -Dseed=%d", SEED).isGreaterThan(3);
  }

  private void lead(Path path, int rows, int steps) {
    states.clear();
    now = new ArrayList<>();
    SCHEMA.fields().forEach(_ -> now.add(new ArrayList<>()));
    try (Appender appender = Table.create(path, SCHEMA, Mode.READ_WRITE, WRITING)) {
      append(appender, rows, false);
    }
    states.put(1L, now);
    for (int step = 0; step < steps; step++) {
      String what;
      try (Table table = Table.open(path, Mode.READ_WRITE)) {
        what = step(table);
        patches += table.stat().patchedRows().isEmpty() ? 0 : 1;
        states.put(table.generation(), now);
        lookUp(table, what);
      }
      check(path, step, what);
    }
  }

  private String step(Table table) {
    now = copy(now);
    switch (random.nextInt(12)) {
      case 0 -> {
        table.vacuum();
        assertThat(table.stat().patchedRows()).isEmpty();
        return "vacuum";
      }
      case 1 -> {
        if (table.generation() > 2) {
          now = states.get(table.undo());
        }
        return "undo";
      }
      case 2, 3, 4 -> {
        try (Appender appender = table.appender()) {
          append(appender, 1 + random.nextInt(300), random.nextBoolean());
        }
        return "append";
      }
      default -> {
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
          change(table);
        }
        table.commit();
        return "commit";
      }
    }
  }

  private void change(Table table) {
    int column = 1 + random.nextInt(SCHEMA.size() - 1);
    String name = SCHEMA.name(column);
    int rows = (int) table.rowCount();
    Object value = random.nextInt(6) == 0 ? null : value(column, random.nextInt(12) == 0);
    if (random.nextInt(3) > 0) {
      int row = random.nextInt(rows);
      table.put(name, row, value);
      now.get(column).set(row, stored(column, value));
      return;
    }
    int count = random.nextInt(12) == 0 ? rows / 3 : 1 + random.nextInt(4);
    int from = random.nextInt(rows - count);
    Expr all = value == null ? lit(null).cast(SCHEMA.type(column)) : lit(value);
    table.update(name, all, col("id").between(from, from + count - 1));
    for (int row = from; row < from + count; row++) {
      now.get(column).set(row, stored(column, value));
    }
  }

  private void append(Appender appender, int rows, boolean strange) {
    for (int i = 0; i < rows; i++) {
      Object[] row = new Object[SCHEMA.size()];
      row[0] = (long) now.getFirst().size();
      for (int c = 1; c < row.length; c++) {
        boolean isNull = c % 2 == 0 && random.nextInt(20) == 0 || strange && i == rows / 2;
        row[c] = isNull ? null : value(c, strange && i == rows - 1);
      }
      appender.append(row);
      for (int c = 0; c < row.length; c++) {
        now.get(c).add(stored(c, row[c]));
      }
    }
  }

  /** A value; a strange one is often none that the column's encoding holds so far. */
  private Object value(int column, boolean strange) {
    int some = random.nextInt(100);
    return switch (SCHEMA.name(column)) {
      case "plain" -> random.nextLong();
      case "narrow" -> (long) (strange ? 1_000 * some : some);
      case "cents" -> strange ? some / 3.0 : some / 100.0;
      case "real" -> some == 7 ? Double.NaN : some == 8 ? -0.0 : random.nextDouble();
      case "single" -> (double) (some / 7f);
      case "flag" -> some > 50;
      case "word" -> strange ? "word" + random.nextInt(1_000) : "w" + some % 20;
      case "text" -> "text" + random.nextInt();
      case "day" -> LocalDate.of(2026, 1, 1).plusDays(strange ? 1_000L * some : some);
      case "small" -> (long) some;
      case "same" -> strange ? 8L : 7L;
      default -> throw new IllegalArgumentException(SCHEMA.name(column));
    };
  }

  /** As {@link Row#get} has it. */
  private static @Nullable Object stored(int column, @Nullable Object value) {
    return value instanceof Double d && SCHEMA.type(column) == DataType.F32
        ? (Object) (double) (float) (double) d
        : value;
  }

  private void check(Path path, int step, String what) {
    OpenOptions options =
        switch (step % 3) {
          case 0 -> OpenOptions.DEFAULT;
          case 1 -> OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED);
          default -> OpenOptions.DEFAULT.withChecks(Checks.ON_TOUCH);
        };
    try (Table table = Table.open(path, Mode.READ_ONLY, options)) {
      compare(table, now, what);
      lookUp(table, what);
      // An append may leave bytes behind a file that it has not gone on in.
      assertThat(table.verify().isSound()).as(place(what)).isTrue();
      long before = table.generation() - 1;
      if (step % 3 == 0 && states.containsKey(before)) {
        try (Table older = table.at(before)) {
          compare(older, states.get(before), "the generation before " + what);
        }
      }
    }
  }

  private void lookUp(Table table, String what) {
    for (int i = 0; i < 10; i++) {
      int row = random.nextInt((int) table.rowCount());
      int column = random.nextInt(SCHEMA.size());
      assertThat(table.get(SCHEMA.name(column), row))
          .as(place(what))
          .isEqualTo(now.get(column).get(row));
    }
  }

  private static void compare(Table table, List<List<@Nullable Object>> wanted, String what) {
    assertThat(table.rowCount()).as(place(what)).isEqualTo(wanted.getFirst().size());
    int[] row = new int[1];
    table.forEachBatch(batch -> {
      for (int i = 0; i < batch.rowCount(); i++, row[0]++) {
        Row found = batch.row(i);
        for (int c = 0; c < wanted.size(); c++) {
          Object value = found.get(SCHEMA.name(c));
          if (!Objects.equals(value, wanted.get(c).get(row[0]))) {
            throw new AssertionError(
                "row "
                    + row[0]
                    + " of "
                    + SCHEMA.name(c)
                    + " is "
                    + value
                    + ", not "
                    + wanted.get(c).get(row[0])
                    + " after "
                    + place(what));
          }
        }
      }
    });
  }

  private static String place(String what) {
    return what + ", -Dseed=" + SEED;
  }

  private static List<List<@Nullable Object>> copy(List<List<@Nullable Object>> columns) {
    List<List<@Nullable Object>> copies = new ArrayList<>();
    columns.forEach(column -> copies.add(new ArrayList<>(column)));
    return copies;
  }
}
