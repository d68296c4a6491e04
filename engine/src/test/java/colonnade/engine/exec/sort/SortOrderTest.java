package colonnade.engine.exec.sort;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.store.Vector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SortOrderTest {
  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    1e300,
    -1e300
  };

  private final QueryContext context = new QueryContext(QueryOptions.defaults().withThreads(3));
  private final QueryMemory memory = context.memory();

  @AfterEach
  void free() {
    context.close();
  }

  @Test
  void agreesWithAComparatorForEveryKeyAndDirection() {
    for (int seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rowCount = random.nextInt(1, 3_000);
      DataType[] types = {DataType.F64, DataType.I64, DataType.UTF8, DataType.BOOL};
      Vector[] columns = new Vector[types.length];
      for (int c = 0; c < types.length; c++) {
        columns[c] = column(types[c], rowCount, random);
      }
      List<SortOrder.Key> keys = new ArrayList<>();
      Comparator<Integer> comparator = (a, b) -> 0;
      for (int k = random.nextInt(1, 4); k > 0; k--) {
        SortOrder.Key key =
            new SortOrder.Key(
                random.nextInt(types.length), random.nextBoolean(), random.nextBoolean());
        keys.add(key);
        comparator = comparator.thenComparing(comparator(columns[key.column()], key));
      }
      List<Integer> expected = IntStream.range(0, rowCount).boxed().sorted(comparator).toList();
      int[] order = SortOrder.of(columns, rowCount, keys, context);
      assertThat(Arrays.stream(order).boxed().toList())
          .as("seed %d, keys %s", seed, keys)
          .isEqualTo(expected);
    }
  }

  @Test
  void sortsTextsThatSharePrefixesOrDifferOnlyInZeros() {
    for (int seed = 0; seed < 6; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String shared = "shared/".repeat(random.nextInt(12));
      int rowCount = random.nextInt(5_000, 12_000);
      ColumnBuilder builder = new ColumnBuilder(DataType.UTF8, memory.region());
      for (int i = 0; i < rowCount; i++) {
        String text =
            switch (random.nextInt(4)) {
              case 0 -> "\0".repeat(random.nextInt(12));
              case 1 -> shared + random.nextInt(100);
              case 2 -> shared + "\0".repeat(random.nextInt(10));
              default -> shared.substring(random.nextInt(shared.length() + 1));
            };
        builder.appendBytes(text.getBytes(StandardCharsets.UTF_8));
      }
      Vector[] columns = {builder.vector(0), column(DataType.I64, rowCount, random)};
      boolean descending = random.nextBoolean();
      requireOrder(
          columns,
          rowCount,
          List.of(
              new SortOrder.Key(0, descending, false), new SortOrder.Key(1, !descending, true)));
    }
  }

  @Test
  void sortsRowsOnAllThreadsWhateverTheDistribution() {
    int rowCount = 700_000;
    SplittableRandom random = new SplittableRandom(7);
    ColumnBuilder skewed = new ColumnBuilder(DataType.I64, memory.region());
    ColumnBuilder few = new ColumnBuilder(DataType.I16, memory.region());
    ColumnBuilder wide = new ColumnBuilder(DataType.F64, memory.region());
    ColumnBuilder equal = new ColumnBuilder(DataType.I32, memory.region());
    for (int i = 0; i < rowCount; i++) {
      skewed.appendLong(i == 5 ? Long.MIN_VALUE : i == 9 ? Long.MAX_VALUE : random.nextInt(1000));
      few.appendLong(random.nextInt(3));
      wide.appendDouble(random.nextGaussian());
      equal.appendLong(42);
    }
    Vector[] columns = {skewed.vector(0), few.vector(0), wide.vector(0), equal.vector(0)};
    for (int[] keys : new int[][] {{0}, {1}, {2}, {3}, {1, 2}, {0, 1}, {3, 1, 2, 0}}) {
      List<SortOrder.Key> order = new ArrayList<>();
      for (int key : keys) {
        order.add(new SortOrder.Key(key, key == 1, false));
      }
      requireOrder(columns, rowCount, order);
    }
  }

  /** Whether each row comes before the next, by key and then by row number. */
  private void requireOrder(Vector[] columns, int rowCount, List<SortOrder.Key> keys) {
    Comparator<Integer> comparator = (a, b) -> 0;
    for (SortOrder.Key key : keys) {
      comparator = comparator.thenComparing(comparator(columns[key.column()], key));
    }
    comparator = comparator.thenComparing(Comparator.naturalOrder());
    int[] order = SortOrder.of(columns, rowCount, keys, context);
    assertThat(order).hasSize(rowCount);
    for (int i = 1; i < rowCount; i++) {
      if (comparator.compare(order[i - 1], order[i]) >= 0) {
        throw new AssertionError(
            "place " + i + " of " + keys + ": " + order[i - 1] + " before " + order[i]);
      }
    }
  }

  @Test
  void countsWhatItUsesAndGivesItBack() {
    Vector column = column(DataType.I64, 1_000, new SplittableRandom(1));
    long before = memory.usedBytes();
    SortOrder.of(
        new Vector[] {column}, 1_000, List.of(new SortOrder.Key(0, false, false)), context);
    assertThat(memory.usedBytes()).isEqualTo(before);
  }

  private static Comparator<Integer> comparator(Vector vector, SortOrder.Key key) {
    Comparator<Integer> values =
        (a, b) ->
            switch (vector.type()) {
              case F64 -> Double.compare(vector.doubleAt(a) + 0.0, vector.doubleAt(b) + 0.0);
              case UTF8 -> Arrays.compareUnsigned(vector.bytesAt(a), vector.bytesAt(b));
              default -> Long.compare(vector.longAt(a), vector.longAt(b));
            };
    Comparator<Integer> directed = key.descending() ? values.reversed() : values;
    return (a, b) -> {
      boolean aNull = vector.isNull(a);
      boolean bNull = vector.isNull(b);
      if (aNull || bNull) {
        return aNull == bNull ? 0 : aNull == key.nullsFirst() ? -1 : 1;
      }
      return directed.compare(a, b);
    };
  }

  private Vector column(DataType type, int rowCount, SplittableRandom random) {
    ColumnBuilder builder = new ColumnBuilder(type, memory.region());
    for (int i = 0; i < rowCount; i++) {
      if (random.nextInt(6) == 0) {
        builder.appendNulls(1);
      } else if (type == DataType.UTF8) {
        String text =
            "ü".repeat(random.nextInt(2)) + "ab".substring(random.nextInt(3)) + random.nextInt(4);
        builder.appendBytes(text.getBytes(StandardCharsets.UTF_8));
      } else if (type == DataType.F64) {
        builder.appendDouble(DOUBLES[random.nextInt(DOUBLES.length)]);
      } else if (type == DataType.BOOL) {
        builder.appendLong(random.nextInt(2));
      } else {
        builder.appendLong(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(-3, 3));
      }
    }
    return builder.vector(0);
  }
}
