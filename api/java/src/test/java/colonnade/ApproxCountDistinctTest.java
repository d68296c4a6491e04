package colonnade;

import static colonnade.Expr.approxCountDistinct;
import static colonnade.Expr.col;
import static colonnade.Expr.countDistinct;
import static colonnade.Expr.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import colonnade.engine.exec.QueryOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Approximate counts, against the exact ones. */
class ApproxCountDistinctTest {
  private static final int ROWS = 300_000;

  @Test
  void isWithinFourStandardErrorsOfTheExactCount() {
    Random random = new Random(11);
    for (int distinct : new int[] {1, 10, 300, 5_000, 100_000, ROWS}) {
      long[] numbers = new long[ROWS];
      double[] doubles = new double[ROWS];
      String[] texts = new String[ROWS];
      for (int i = 0; i < ROWS; i++) {
        long value = distinct == ROWS ? i : random.nextInt(distinct);
        numbers[i] = value * 1_000_003;
        doubles[i] = value / 8.0;
        texts[i] = "text " + value;
      }
      try (Table table = Table.of("n", numbers, "d", doubles, "t", texts)) {
        for (String name : List.of("n", "d", "t")) {
          long exact = one(table.aggregate(countDistinct(name).as("x")));
          long rough = one(table.aggregate(approxCountDistinct(name).as("x")));
          assertThat((double) rough)
              .as("%d distinct in %s", distinct, name)
              .isCloseTo(exact, within(distinct <= 300 ? 0.0 : 0.065 * exact));
        }
      }
    }
  }

  @Test
  void theSameValuesGiveTheSameResultInAnyOrderAndOnAnyNumberOfThreads() {
    List<Long> values = new ArrayList<>();
    for (long i = 0; i < ROWS; i++) {
      values.add(i % 90_000);
    }
    List<Long> results = new ArrayList<>();
    Random random = new Random(5);
    for (int threads = 1; threads <= 4; threads++) {
      try (Table table = Table.of("n", values.stream().mapToLong(v -> v).toArray())) {
        Frame frame = table.aggregate(approxCountDistinct("n").as("x"));
        results.add(one(frame.with(QueryOptions.defaults().withThreads(threads))));
      }
      Collections.shuffle(values, random);
    }
    assertThat(results).containsOnly(results.getFirst());
  }

  @Test
  void countsEachGroupByItself() {
    long[] keys = new long[ROWS];
    long[] values = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      keys[i] = i % 3;
      values[i] = i % (keys[i] == 0 ? 30 : keys[i] == 1 ? 3_000 : 60_000);
    }
    try (Table table = Table.of("k", keys, "v", values);
        Table groups =
            table
                .groupBy("k")
                .aggregate(approxCountDistinct("v").as("rough"), countDistinct("v").as("exact"))
                .collect()) {
      assertThat(groups.rowCount()).isEqualTo(3);
      for (int g = 0; g < 3; g++) {
        double exact = groups.row(g).i64("exact");
        assertThat((double) groups.row(g).i64("rough")).isCloseTo(exact, within(0.065 * exact));
      }
    }
  }

  @Test
  void skipsNullsAndTakesNanAndZeroForOneValueEach() {
    Double[] values = {null, Double.NaN, -Double.NaN, 0.0, -0.0, 1.0, null, 1.0};
    try (Table table = Table.of("d", values)) {
      assertThat(one(table.aggregate(approxCountDistinct("d").as("x")))).isEqualTo(3);
      assertThat(one(table.aggregate(approxCountDistinct(col("d").plus(1)).as("x")))).isEqualTo(3);
      assertThat(one(table.filter(lit(false)).aggregate(approxCountDistinct("d").as("x"))))
          .isZero();
    }
  }

  private static long one(Frame frame) {
    try (Table result = frame.collect()) {
      return result.row(0).i64("x");
    }
  }
}
