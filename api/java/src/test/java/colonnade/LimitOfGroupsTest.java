package colonnade;

import static colonnade.Expr.asc;
import static colonnade.Expr.col;
import static colonnade.Expr.count;
import static colonnade.Expr.desc;
import static colonnade.Expr.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.ComputationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A group-by that knows which of its rows are wanted changes nothing but the time it takes. */
class LimitOfGroupsTest {
  private final Table rows =
      Table.of(
          "key", new String[] {"a", "b", "b", "c", "b", "c"},
          "value", new long[] {Long.MAX_VALUE, 1, 2, Long.MAX_VALUE, 3, 1});

  @AfterEach
  void close() {
    rows.close();
  }

  @Test
  void aSumThatIsTooLargeIsAnErrorThoughItsGroupIsNotWanted() {
    Frame sums = rows.groupBy("key").aggregate(count().as("n"), sum("value").as("s"));
    assertThatThrownBy(() -> sums.sort(desc("n")).limit(1).collect())
        .isInstanceOf(ComputationException.class);
    assertThatThrownBy(() -> sums.limit(1).collect()).isInstanceOf(ComputationException.class);
  }

  @Test
  void soIsWhatIsComputedOfSuchAGroup() {
    Frame groups =
        rows.groupBy("key")
            .aggregate(count().as("n"))
            .map("m", col("n").plus(Long.MAX_VALUE - 2))
            .sort(asc("n"))
            .limit(1);
    assertThatThrownBy(groups::collect).isInstanceOf(ComputationException.class);
  }

  @Test
  void sortsByKeysAndByWhatIsRenamed() {
    Frame groups = rows.groupBy("key", "value").aggregate(count().as("n")).rename("n", "c");
    try (Table first = groups.sort(desc("c"), desc("value")).limit(1, 2).collect()) {
      assertThat(first.rowCount()).isEqualTo(2);
      assertThat(first.row(1).i64("value")).isEqualTo(3);
    }
  }
}
