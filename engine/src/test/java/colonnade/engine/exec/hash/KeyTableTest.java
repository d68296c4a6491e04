package colonnade.engine.exec.hash;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.store.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);
  private static final List<DataType> TYPES = List.of(DataType.UTF8, DataType.I32, DataType.F64);

  private final QueryContext context = new QueryContext(QueryOptions.defaults());

  @AfterEach
  void free() {
    context.close();
  }

  @Test
  void numbersRowsLikeAMapDoes() {
    SplittableRandom random = new SplittableRandom(SEED);
    KeyTable table = table();
    Map<List<@Nullable Object>, Integer> expected = new HashMap<>();
    int[] ids = new int[4096];
    for (int round = 0; round < 20; round++) {
      @Nullable Object[][] rows = randomRows(random, 500);
      table.add(vectors(rows), null, rows.length, ids);
      for (int i = 0; i < rows.length; i++) {
        Integer id = expected.computeIfAbsent(Arrays.asList(rows[i]), _ -> expected.size());
        assertThat(ids[i]).as("seed %d", SEED).isEqualTo(id);
      }
    }
    assertThat(table.size()).isEqualTo(expected.size());
  }

  @Test
  void findsWhatWasAddedAndNothingElse() {
    SplittableRandom random = new SplittableRandom(SEED);
    KeyTable table = table();
    @Nullable Object[][] rows = randomRows(random, 2000);
    int[] ids = new int[2000];
    table.add(vectors(rows), null, rows.length, ids);
    int[] found = new int[2000];
    KeyTable.Finder finder = table.finder();
    finder.find(vectors(rows), null, rows.length, true, found);
    assertThat(found).isEqualTo(ids);

    finder.find(vectors(rows), null, rows.length, false, found);
    for (int i = 0; i < rows.length; i++) {
      boolean hasNull = Arrays.asList(rows[i]).contains(null);
      assertThat(found[i]).as("seed %d", SEED).isEqualTo(hasNull ? -1 : ids[i]);
    }

    @Nullable Object[][] others = {{"never", 1L, 1.0}, {"t1", 1_000_000L, 1.0}, {"t1", 1L, 0.77}};
    finder.find(vectors(others), null, 3, true, found);
    assertThat(Arrays.copyOf(found, 3)).containsExactly(-1, -1, -1);
    assertThat(table.size()).isEqualTo(Arrays.stream(ids).max().getAsInt() + 1);
  }

  @Test
  void readsOnlyListedRows() {
    KeyTable table = table();
    @Nullable Object[][] rows = {{"a", 1L, 1.0}, {"b", 2L, 2.0}, {"a", 1L, 1.0}, {"c", 3L, 3.0}};
    int[] ids = new int[3];
    table.add(vectors(rows), new int[] {0, 2, 3}, 3, ids);
    assertThat(ids).containsExactly(0, 0, 1);
    assertThat(table.cell(1, 1)).isEqualTo(3);
  }

  @Test
  void zerosAreEqualAndSoAreNans() {
    KeyTable table = new KeyTable(List.of(DataType.F64), 8, context.memory().region(), heap());
    ColumnBuilder values = new ColumnBuilder(DataType.F64, context.memory().region());
    double[] numbers = {0.0, -0.0, Double.NaN, Double.longBitsToDouble(0xfff8000000000001L), 1};
    for (double number : numbers) {
      values.appendDouble(number);
    }
    values.appendNulls(1);
    int[] ids = new int[6];
    table.add(new Vector[] {values.vector(0)}, null, 6, ids);
    assertThat(ids).containsExactly(0, 0, 1, 1, 2, 3);
  }

  @Test
  void hashesDoNotDependOnTheTable() {
    SplittableRandom random = new SplittableRandom(SEED);
    @Nullable Object[][] rows = randomRows(random, 1000);
    int[] ids = new int[1000];
    KeyTable table = table();
    table.add(vectors(rows), null, rows.length, ids);
    @Nullable Object[][] reversed = new Object[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      reversed[rows.length - 1 - i] = rows[i];
    }
    int[] reversedIds = new int[1000];
    KeyTable other = table();
    other.add(vectors(reversed), null, rows.length, reversedIds);
    for (int i = 0; i < rows.length; i++) {
      assertThat(table.hash(ids[i])).isEqualTo(other.hash(reversedIds[rows.length - 1 - i]));
    }

    int[] all = new int[other.size()];
    Arrays.setAll(all, i -> i);
    int[] numbers = new int[other.size()];
    int before = table.size();
    for (boolean lasting : new boolean[] {false, true}) {
      table.add(other, all, 0, all.length, lasting, numbers);
      assertThat(table.size()).isEqualTo(before);
      for (int i = 0; i < rows.length; i++) {
        assertThat(numbers[reversedIds[rows.length - 1 - i]]).isEqualTo(ids[i]);
      }
    }
  }

  @Test
  void longTablesStopAtTheirLimit() {
    LongTable table = new LongTable(8, heap());
    long[] keys = {5, 6, 5, 7, 6, 8};
    int[] ids = new int[6];
    assertThat(table.addUpTo(keys, 0, 6, ids, 2)).isEqualTo(3);
    assertThat(Arrays.copyOf(ids, 3)).containsExactly(0, 1, 0);
    table.add(keys, 6, ids);
    assertThat(ids).containsExactly(0, 1, 0, 2, 1, 3);
    assertThat(table.find(8)).isEqualTo(3);
    assertThat(table.find(9)).isEqualTo(-1);
    assertThat(table.find(0)).isEqualTo(-1);
  }

  private HeapUse heap() {
    return new HeapUse(context);
  }

  private KeyTable table() {
    return new KeyTable(TYPES, 8, context.memory().region(), heap());
  }

  private static @Nullable Object[][] randomRows(SplittableRandom random, int count) {
    @Nullable Object[][] rows = new Object[count][];
    for (int i = 0; i < count; i++) {
      rows[i] =
          new Object[] {
            random.nextInt(10) == 0 ? null : "t" + random.nextInt(9),
            random.nextInt(10) == 0 ? null : (Object) (long) random.nextInt(9),
            random.nextInt(10) == 0 ? null : (Object) (random.nextInt(9) / 4.0)
          };
    }
    return rows;
  }

  private Vector[] vectors(@Nullable Object[][] rows) {
    Vector[] vectors = new Vector[TYPES.size()];
    for (int c = 0; c < vectors.length; c++) {
      ColumnBuilder builder = new ColumnBuilder(TYPES.get(c), context.memory().region());
      for (@Nullable Object[] row : rows) {
        switch (row[c]) {
          case null -> builder.appendNulls(1);
          case String text -> builder.appendBytes(text.getBytes(StandardCharsets.UTF_8));
          case Long number -> builder.appendLong(number);
          case Double number -> builder.appendDouble(number);
          default -> throw new IllegalStateException();
        }
      }
      vectors[c] = builder.vector(0);
    }
    return vectors;
  }
}
