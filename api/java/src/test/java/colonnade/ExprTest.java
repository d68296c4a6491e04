package colonnade;

import static colonnade.Expr.asc;
import static colonnade.Expr.coalesce;
import static colonnade.Expr.col;
import static colonnade.Expr.count;
import static colonnade.Expr.greatest;
import static colonnade.Expr.lit;
import static colonnade.Expr.mean;
import static colonnade.Expr.median;
import static colonnade.Expr.quantile;
import static colonnade.Expr.sum;
import static colonnade.Expr.when;
import static colonnade.Expr.zScore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.plan.Expression;
import colonnade.error.TypeMismatchException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expressions say what was written, and constants have the types that Java gives them. */
class ExprTest {
  @Test
  void readsAsAPersonWouldWriteIt() {
    assertThat(col("delay").div(col("distance")).times(100))
        .hasToString("((delay / distance) * 100)");
    assertThat(col("a").gt(15).and(col("b").between(200, 2000)))
        .hasToString("((a > 15) and ((b >= 200) and (b <= 2000)))");
    assertThat(
            when(col("a").isNull()).then(0).when(col("a").lt(0)).then(lit(1)).otherwise(col("a")))
        .hasToString("case when is_null(a) then 0 when (a < 0) then 1 else a end");
    assertThat(col("x").normalize(zScore(), "k")).hasToString("normalize(x, z_score by k)");
    assertThat(quantile("x", 0.9).as("p90")).hasToString("quantile(x, 0.9) as p90");
    assertThat(sum(col("x").plus(1))).hasToString("sum((x + 1))");
    assertThat(col("o").isIn("LAS", "SFO")).hasToString("o in ('LAS', 'SFO')");
  }

  @Test
  void takesAStringForTextUnlessItNamesAColumn() {
    assertThat(col("origin").eq("LAS")).hasToString("(origin = 'LAS')");
    assertThat(coalesce(col("a"), "none")).hasToString("coalesce(a, 'none')");
    assertThat(greatest(col("a"), "b")).hasToString("greatest(a, 'b')");
    assertThat(mean("a")).isEqualTo(mean(col("a")));
    assertThat(asc("a").key().expression()).isEqualTo(new Expression.Column("a"));
  }

  @Test
  void givesConstantsTheTypesThatJavaGivesThem() {
    assertThat(literal((byte) 1)).isEqualTo(new Expression.Literal(DataType.I64, 1L));
    assertThat(literal(1)).isEqualTo(new Expression.Literal(DataType.I64, 1L));
    assertThat(literal(1.5f)).isEqualTo(new Expression.Literal(DataType.F64, 1.5));
    assertThat(literal(true)).isEqualTo(new Expression.Literal(DataType.BOOL, true));
    assertThat(literal('x')).isEqualTo(new Expression.Literal(DataType.UTF8, "x"));
    assertThat(literal(LocalDate.of(1970, 1, 2)))
        .isEqualTo(new Expression.Literal(DataType.DATE, 1L));
    assertThat(literal(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_999)))
        .isEqualTo(new Expression.Literal(DataType.TIMESTAMP_MICROS, -1L));
    assertThat(literal(Instant.ofEpochSecond(1)))
        .isEqualTo(new Expression.Literal(DataType.TIMESTAMP_MICROS, 1_000_000L));
    assertThat(literal(null)).isEqualTo(new Expression.Literal(null, null));
  }

  @Test
  void refusesAConstantOfAnotherClass() {
    assertThatThrownBy(() -> lit(List.of()))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("List");
    assertThatThrownBy(() -> lit(LocalDateTime.MAX)).isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(() -> lit(LocalDate.MAX)).isInstanceOf(TypeMismatchException.class);
  }

  @Test
  void forgetsANameWhenItBecomesPartOfSomethingGreater() {
    assertThat(col("a").as("b").plus(1)).isEqualTo(col("a").plus(1));
    assertThat(median("a").minus(1)).isEqualTo(quantile("a", 0.5).minus(1));
    assertThat(median("a").expression()).isEqualTo(quantile("a", 0.5).as("median_a").expression());
  }

  @Test
  void leavesNullsOutOfTheConstantsOfIsIn() {
    assertThat(col("a").isIn(1, null)).isEqualTo(col("a").isIn(List.of(1)));
  }

  @Test
  void countsRowsOrValues() {
    assertThat(count()).hasToString("count()");
    assertThat(count("a")).hasToString("count_present(a)");
  }

  private static Expression literal(Object value) {
    return lit(value).expression();
  }
}
