package colonnade.engine.exec.sort;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryMemory;
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

  private final QueryMemory memory = new QueryMemory(1 << 30);

  @AfterEach
  void free() {
    memory.close();
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
      int[] order = SortOrder.of(columns, rowCount, keys, memory);
      assertThat(Arrays.stream(order).boxed().toList())
          .as("seed %d, keys %s", seed, keys)
          .isEqualTo(expected);
    }
  }

  @Test
  void countsWhatItUsesAndGivesItBack() {
    Vector column = column(DataType.I64, 1_000, new SplittableRandom(1));
    long before = memory.usedBytes();
    SortOrder.of(new Vector[] {column}, 1_000, List.of(new SortOrder.Key(0, false, false)), memory);
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
