package colonnade;

import static colonnade.Expr.asc;
import static colonnade.Expr.col;
import static colonnade.Expr.corr;
import static colonnade.Expr.count;
import static colonnade.Expr.countDistinct;
import static colonnade.Expr.desc;
import static colonnade.Expr.first;
import static colonnade.Expr.largest;
import static colonnade.Expr.last;
import static colonnade.Expr.max;
import static colonnade.Expr.mean;
import static colonnade.Expr.median;
import static colonnade.Expr.min;
import static colonnade.Expr.minMax;
import static colonnade.Expr.quantile;
import static colonnade.Expr.std;
import static colonnade.Expr.sum;
import static colonnade.Expr.when;
import static colonnade.Expr.zScore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import colonnade.engine.exec.Cancellation;
import colonnade.engine.plan.JoinKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each verb does what it says, seen through the whole engine. */
class FrameVerbsTest {
  @TempDir Path folder;

  private final Table trips =
      Table.of(
          "zone", new String[] {"a", "b", "a", null, "b", "a"},
          "fare", new Double[] {1.0, 2.0, 3.0, 4.0, null, 8.0},
          "km", new int[] {10, 20, 30, 40, 50, 60});

  @AfterEach
  void close() {
    trips.close();
  }

  @Test
  void filtersRowsThatAreTrue() {
    assertThat(column(trips.filter(col("fare").gt(2)), "km")).containsExactly(30L, 40L, 60L);
    assertThat(column(trips.filter(col("fare").gt(2).not()), "km")).containsExactly(10L, 20L);
    assertThat(column(trips.filter(col("zone").isIn("b", "c")), "km")).containsExactly(20L, 50L);
    assertThat(column(trips.filter(col("zone").eqMissing(null)), "km")).containsExactly(40L);
  }

  @Test
  void mapsSelectsDropsAndRenames() {
    Frame mapped =
        trips
            .map("double", col("km").times(2))
            .map("km", when(col("km").gt(30)).then(-1).otherwise(col("km")))
            .drop("fare")
            .rename("zone", "z");
    assertThat(mapped.schema().names()).containsExactly("z", "km", "double");
    assertThat(column(mapped, "km")).containsExactly(10L, 20L, 30L, -1L, -1L, -1L);
    assertThat(column(mapped.select(col("double").plus(1).as("d")).limit(1, 2), "d"))
        .containsExactly(41L, 61L);
  }

  @Test
  void groupsAndAggregates() {
    Frame groups =
        trips
            .groupBy("zone")
            .aggregate(
                count(),
                count("fare").as("fares"),
                sum("km"),
                mean("fare"),
                first("fare").as("first"),
                last("fare").as("last"))
            .sort("zone");
    assertThat(groups.schema().names())
        .containsExactly("zone", "count", "fares", "sum_km", "mean_fare", "first", "last");
    assertThat(column(groups, "zone")).containsExactly("a", "b", null);
    assertThat(column(groups, "count")).containsExactly(3L, 2L, 1L);
    assertThat(column(groups, "fares")).containsExactly(3L, 1L, 1L);
    assertThat(column(groups, "sum_km")).containsExactly(100L, 70L, 40L);
    assertThat(column(groups, "mean_fare")).containsExactly(4.0, 2.0, 4.0);
    assertThat(column(groups, "last")).containsExactly(8.0, null, 4.0);
    assertThat(
            column(
                trips.groupBy(col("km").gt(25).as("far")).aggregate(count()).sort("far"), "count"))
        .containsExactly(2L, 4L);
  }

  @Test
  void aggregatesAllRows() {
    try (Table all =
        trips
            .aggregate(
                min("fare"),
                max("fare"),
                median("fare"),
                quantile("km", 0.25).as("q"),
                std("km"),
                countDistinct("zone").as("zones"),
                corr("km", "km").as("r"),
                sum("km").div(count()).as("per_row"))
            .collect()) {
      assertThat(all.rowCount()).isEqualTo(1);
      Row row = all.row(0);
      assertThat(row.f64("min_fare")).isEqualTo(1);
      assertThat(row.f64("max_fare")).isEqualTo(8);
      assertThat(row.f64("median_fare")).isEqualTo(3);
      assertThat(row.f64("q")).isEqualTo(22.5);
      assertThat(row.f64("std_km")).isCloseTo(18.708286933869708, within(1e-12));
      assertThat(row.i64("zones")).isEqualTo(2);
      assertThat(row.f64("r")).isCloseTo(1, within(1e-12));
      assertThat(row.f64("per_row")).isEqualTo(35);
    }
    assertThat(
            column(
                trips
                    .groupBy("zone")
                    .aggregate(largest("km", 2).as("far"))
                    .sort(asc("zone"), desc("far")),
                "far"))
        .containsExactly(60L, 30L, 50L, 20L, 40L);
  }

  @Test
  void joinsOnEqualKeys() {
    try (Table zones = Table.of("zone", new String[] {"a", "c", null}, "km", new int[] {1, 2, 3})) {
      Frame inner = trips.join(zones, "zone");
      assertThat(inner.schema().names()).containsExactly("zone", "fare", "km", "km_right");
      assertThat(column(inner.sort("km"), "km")).containsExactly(10L, 30L, 60L);
      assertThat(column(trips.leftJoin(zones, "zone").sort("km"), "km_right"))
          .containsExactly(1L, null, 1L, null, null, 1L);
      assertThat(column(trips.semiJoin(zones, "zone").sort("km"), "km"))
          .containsExactly(10L, 30L, 60L);
      assertThat(column(trips.antiJoin(zones, "zone").sort("km"), "km"))
          .containsExactly(20L, 40L, 50L);
      Frame byNumber =
          trips.join(
              zones, JoinKind.SEMI, List.of(col("km").div(10).cast(Expr.I64)), List.of(col("km")));
      assertThat(column(byNumber.sort("km"), "km")).containsExactly(10L, 20L, 30L);
    }
  }

  @Test
  void sortsWithNullsWhereTheyAreWanted() {
    assertThat(column(trips.sort("fare"), "fare")).containsExactly(1.0, 2.0, 3.0, 4.0, 8.0, null);
    assertThat(column(trips.sort(desc("fare")), "fare"))
        .containsExactly(8.0, 4.0, 3.0, 2.0, 1.0, null);
    assertThat(column(trips.sort(desc("fare").nullsFirst()).limit(2), "fare"))
        .containsExactly(null, 8.0);
    assertThat(column(trips.sort(asc("zone"), desc("km")), "km"))
        .containsExactly(60L, 30L, 10L, 50L, 20L, 40L);
  }

  @Test
  void keepsTheFirstOfEachDistinctCombination() {
    assertThat(column(trips.distinct("zone"), "km")).containsExactly(10L, 20L, 40L);
    assertThat(column(trips.select("zone").distinct(), "zone")).containsExactly("a", "b", null);
  }

  @Test
  void normalizesOverAllRowsOrWithinGroups() {
    assertThat(column(trips.map("n", col("km").normalize(minMax(0, 10))), "n"))
        .containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
    Object[] scores =
        column(trips.filter(col("zone").eq("b")).map("z", col("km").normalize(zScore())), "z");
    assertThat(scores).containsExactly(-1.0, 1.0);
    assertThat(column(trips.map("n", col("km").normalize(minMax(), "zone")), "n"))
        .containsExactly(0.0, 0.0, 0.4, 0.0, 1.0, 1.0);
  }

  @Test
  void describesEveryColumn() {
    try (Table summary = trips.describe()) {
      assertThat(column(summary, "column")).containsExactly("zone", "fare", "km");
      assertThat(column(summary, "type")).containsExactly("utf8", "f64", "i32");
      assertThat(column(summary, "count")).containsExactly(5L, 5L, 6L);
      assertThat(column(summary, "nulls")).containsExactly(1L, 1L, 0L);
      assertThat(column(summary, "mean")).containsExactly(null, 3.6, 35.0);
      assertThat(column(summary, "min")).containsExactly("a", "1.0", "10");
      assertThat(column(summary, "p50")).containsExactly(null, 3.0, 35.0);
      assertThat(column(summary, "max")).containsExactly("b", "8.0", "60");
    }
    try (Table none = trips.limit(0).describe()) {
      assertThat(column(none, "count")).containsExactly(0L, 0L, 0L);
      assertThat(column(none, "max")).containsExactly(null, null, null);
    }
  }

  @Test
  void handsOverBatchesInOrder() {
    int[] numbers = IntStream.range(0, 200_000).toArray();
    try (Table table = Table.of("n", numbers)) {
      List<Long> seen = new ArrayList<>();
      table
          .filter(col("n").rem(2).eq(0))
          .forEachBatch(batch -> {
            assertThat(batch.firstRow()).isEqualTo(seen.size());
            for (long n : batch.i64s("n")) {
              seen.add(n);
            }
            assertThat(batch.row(0).i32("n")).isEqualTo((int) batch.f64s("n")[0]);
          });
      assertThat(seen).hasSize(100_000).isSorted().contains(199_998L);
      assertThat(table.filter(col("n").ge(5)).count()).isEqualTo(199_995);
    }
  }

  @Test
  void stopsWhenItIsCancelled() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> trips.withCancellation(cancellation).filter(col("km").gt(1)).collect())
        .isInstanceOf(colonnade.error.CancelledException.class);
  }

  @Test
  void saysWhatItWouldDo() {
    assertThat(trips.filter(col("km").gt(1)).select("km").explain()).contains("km").contains("> 1");
  }

  private static Object[] column(Frame frame, String column) {
    try (Table table = frame.collect()) {
      Object[] values = new Object[(int) table.rowCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = table.get(column, i);
      }
      return values;
    }
  }
}
