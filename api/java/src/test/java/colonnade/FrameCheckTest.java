package colonnade;

import static colonnade.Expr.asc;
import static colonnade.Expr.col;
import static colonnade.Expr.count;
import static colonnade.Expr.lit;
import static colonnade.Expr.mean;
import static colonnade.Expr.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.plan.JoinKind;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import colonnade.error.UnknownColumnException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verbs check names and types at once, before a row is read. */
class FrameCheckTest {
  private final Table trips =
      Table.of(
          "fare", new double[] {1, 2}, "km", new int[] {3, 4}, "zone", new String[] {"a", "b"});

  @AfterEach
  void close() {
    trips.close();
  }

  @Test
  void namesTheNearestColumnForOneThatIsNotThere() {
    assertThatThrownBy(() -> trips.filter(col("fair").gt(1)))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageContaining("no column 'fair'")
        .hasMessageContaining("'fare' (f64)");
    assertThatThrownBy(() -> trips.select("zon")).isInstanceOf(UnknownColumnException.class);
    assertThatThrownBy(() -> trips.drop("zon")).isInstanceOf(UnknownColumnException.class);
    assertThatThrownBy(() -> trips.rename("zon", "z")).isInstanceOf(UnknownColumnException.class);
    assertThatThrownBy(() -> trips.sort("zon")).isInstanceOf(UnknownColumnException.class);
    assertThatThrownBy(() -> trips.distinct("zon")).isInstanceOf(UnknownColumnException.class);
    assertThatThrownBy(() -> trips.groupBy("zon").aggregate(count()))
        .isInstanceOf(UnknownColumnException.class);
    assertThatThrownBy(() -> trips.join(trips, "zon")).isInstanceOf(UnknownColumnException.class);
  }

  @Test
  void refusesTypesThatDoNotFit() {
    assertThatThrownBy(() -> trips.filter(col("fare"))).isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(() -> trips.filter(col("fare").eq("x")))
        .isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(() -> trips.map("x", col("zone").plus(1)))
        .isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(() -> trips.aggregate(sum("zone")))
        .isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(
            () -> trips.join(trips, JoinKind.INNER, List.of(col("zone")), List.of(col("fare"))))
        .isInstanceOf(TypeMismatchException.class);
  }

  @Test
  void refusesAggregatesWhereRowsAreAndRowsWhereAggregatesAre() {
    assertThatThrownBy(() -> trips.filter(mean("fare").gt(1)))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> trips.groupBy("zone").aggregate(col("fare")))
        .isInstanceOf(InvalidQueryException.class);
  }

  @Test
  void refusesTwoColumnsOfOneName() {
    assertThatThrownBy(() -> trips.select("fare", "fare"))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("two columns would be called 'fare'");
    assertThatThrownBy(() -> trips.rename("fare", "km")).isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> trips.groupBy("zone").aggregate(count().as("zone")))
        .isInstanceOf(InvalidQueryException.class);
  }

  @Test
  void refusesWhatCanNeverWork() {
    assertThatThrownBy(() -> trips.limit(-1)).isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> trips.drop("fare", "km", "zone"))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> trips.map("n", lit(null))).isInstanceOf(TypeMismatchException.class);
  }

  @Test
  void knowsTheColumnsOfEveryStep() {
    assertThat(names(trips.map("pace", col("fare").div(col("km")))))
        .containsExactly("fare", "km", "zone", "pace");
    assertThat(names(trips.map("km", col("km").plus(1)))).containsExactly("fare", "km", "zone");
    assertThat(names(trips.select("zone", "fare"))).containsExactly("zone", "fare");
    assertThat(names(trips.select(col("fare").times(2), col("km").as("k"))))
        .containsExactly("(fare * 2)", "k");
    assertThat(names(trips.drop("km"))).containsExactly("fare", "zone");
    assertThat(names(trips.rename("km", "kilometres")))
        .containsExactly("fare", "kilometres", "zone");
    assertThat(names(trips.groupBy("zone").aggregate(count(), mean("fare"), sum("km").as("way"))))
        .containsExactly("zone", "count", "mean_fare", "way");
    assertThat(names(trips.join(trips.rename("km", "way"), "zone")))
        .containsExactly("fare", "km", "zone", "fare_right", "way");
    assertThat(names(trips.sort(asc("km")).limit(1).distinct()))
        .containsExactly("fare", "km", "zone");
  }

  @Test
  void keepsTheOptionsOfTheFrameItWasMadeFrom() {
    assertThat(trips.withThreads(3).filter(col("km").gt(1)).limit(1).options().threads())
        .isEqualTo(3);
    assertThat(trips.withMemoryLimit(1000).groupBy("zone").aggregate(count()).options())
        .extracting(o -> o.memoryLimitBytes())
        .isEqualTo(1000L);
  }

  private static List<String> names(Frame frame) {
    return frame.schema().names();
  }
}
