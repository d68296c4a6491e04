package colonnade.engine.plan.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Explain;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TakeOutDependentKeysTest {
  private final Plan hits =
      Plan.Scan.of(
          new MemoryTable(
              "hits",
              Schema.of(
                  "ip", DataType.I32,
                  "id", DataType.I64,
                  "size", DataType.U32,
                  "flag", DataType.BOOL,
                  "at", DataType.TIMESTAMP_MICROS,
                  "day", DataType.DATE,
                  "x", DataType.F64,
                  "url", DataType.UTF8),
              List.of(),
              () -> {}));

  @Test
  void computesKeysOfAKeyOnceForEachGroup() {
    Plan plan =
        group(
            Named.of(column("ip")),
            new Named("a", minus(column("ip"), 1)),
            new Named("b", minus(column("ip"), 2)));
    assertThat(explain(plan))
        .startsWith(
            """
            map ip, a = (ip - 1), b = (ip - 2), c
              group by ip: c = count()
            """);
  }

  @Test
  void takesOutConstantsAndKeepsTheOrderOfColumns() {
    Plan plan = group(new Named("one", number(1)), Named.of(column("url")));
    assertThat(explain(plan)).startsWith("map one = 1, url, c\n  group by url: c = count()\n");
  }

  @Test
  void keepsOneConstantSoThatNoRowsAreNoGroup() {
    Plan plan = group(new Named("one", number(1)), new Named("two", number(2)));
    assertThat(explain(plan)).startsWith("map one, two = 2, c\n  group by one = 1: c = count()\n");
    assertThat(explain(group(new Named("one", number(1))))).startsWith("group by one = 1: ");
  }

  @Test
  void namesTheSourceAsTheResultDoes() {
    Plan plan =
        group(
            new Named("next", plus(column("ip"), column("size"))),
            new Named("size", column("ip")),
            new Named("s", column("size")),
            new Named("again", column("size")));
    assertThat(explain(plan))
        .startsWith(
            "map next = (size + s), size, s, again = s, c\n  group by size = ip, s = size: c");
  }

  @Test
  void movesConditionsOnKeysBelowTheGroupByAsBefore() {
    Plan plan = group(Named.of(column("ip")), new Named("a", minus(column("ip"), 1)));
    for (String key : List.of("ip", "a")) {
      String text =
          explain(
              Plan.Filter.of(plan, Expression.Call.of(Function.GREATER, column(key), number(15))));
      assertThat(text).contains("group by ip: c = count()");
      assertThat(text.contains("    filter (ip > 15)")).isEqualTo(key.equals("ip"));
    }
  }

  @Test
  void takesOutWhatHasAValueInEveryRow() {
    Expression small =
        new Expression.Case(
            List.of(
                new Expression.Branch(
                    Expression.Call.of(Function.LESS, column("ip"), number(9)), number(1))),
            column("ip"));
    for (Expression key :
        List.of(
            small,
            new Expression.InList(
                column("url"), List.of(new Expression.Literal(DataType.UTF8, "a"))),
            new Expression.Cast(column("ip"), DataType.I64, false),
            Expression.Call.of(Function.MULTIPLY, column("ip"), column("ip")),
            Expression.Call.of(Function.NEGATE, column("size")),
            Expression.Call.of(Function.ABSOLUTE, column("ip")),
            Expression.Call.of(Function.COALESCE, column("ip"), number(0)),
            Expression.Call.of(Function.NULL_IF, column("ip"), number(0)),
            Expression.Call.of(Function.IS_NULL, column("url")),
            Expression.Call.of(Function.NOT, column("flag")),
            Expression.Call.of(Function.BYTE_LENGTH, column("url")),
            Expression.Call.of(Function.CONTAINS, column("url"), text("google")),
            Expression.Call.of(Function.MINUTE, column("at")),
            Expression.Call.of(Function.YEAR, column("day")))) {
      assertThat(isTakenOut(key)).as(key.toString()).isTrue();
    }
  }

  @Test
  void leavesWhatMayBeAnError() {
    for (Expression key :
        List.of(
            minus(column("id"), 1),
            Expression.Call.of(Function.MULTIPLY, column("size"), column("size")),
            Expression.Call.of(Function.NEGATE, column("id")),
            Expression.Call.of(Function.ABSOLUTE, column("id")),
            minus(minus(column("ip"), Long.MAX_VALUE), 1),
            new Expression.Cast(column("ip"), DataType.I16, false),
            new Expression.Cast(column("url"), DataType.I64, false),
            new Expression.Cast(text("abc"), DataType.I64, false),
            Expression.Call.of(Function.TRUNCATE_TIME, column("at"), text("day")),
            Expression.Call.of(Function.ADD, column("day"), column("ip")),
            Expression.Call.of(
                Function.EQUAL,
                new Expression.Cast(column("url"), DataType.I64, false),
                column("id")))) {
      assertThat(isTakenOut(key)).as(key.toString()).isFalse();
    }
  }

  @Test
  void leavesKeysThatMakeText() {
    assertThat(isTakenOut(Expression.Call.of(Function.UPPER, column("url")))).isFalse();
    assertThat(isTakenOut(Expression.Call.of(Function.COALESCE, column("url"), text(""))))
        .isFalse();
  }

  @Test
  void leavesFloatingPointWhoseEqualValuesMayDiffer() {
    Expression large = Expression.Call.of(Function.GREATER, column("x"), number(1));
    assertThat(isTakenOut(large)).isFalse();
    assertThat(isTakenOut(column("x"))).isFalse();
    assertThat(isTakenOut(new Expression.Literal(DataType.F64, -0.0))).isFalse();
    assertThat(
            isTakenOut(
                Expression.Call.of(
                    Function.MULTIPLY, column("ip"), new Expression.Literal(DataType.F64, 0.5))))
        .isFalse();
  }

  @Test
  void leavesWhatNeedsAColumnThatIsNoKey() {
    Plan plan = group(Named.of(column("ip")), new Named("a", plus(column("ip"), column("size"))));
    assertThat(Rewrite.all(plan)).isInstanceOf(Plan.Aggregate.class);
    plan = group(new Named("a", minus(column("ip"), 1)), new Named("b", minus(column("ip"), 2)));
    assertThat(Rewrite.all(plan)).isInstanceOf(Plan.Aggregate.class);
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void boundsEveryIntegerType(DataType type) {
    if (type.isInteger()) {
      IntegerRange range = IntegerRange.of(type);
      int bits = 8 * type.widthBytes();
      assertThat(range.greatest().subtract(range.least()).bitCount()).isEqualTo(bits);
      assertThat(range.least().signum()).isEqualTo(type.label().startsWith("u") ? 0 : -1);
      assertThat(range.fitsI64()).isTrue();
    }
  }

  /** Whether {@code key} is no key of a group-by of all columns and itself. */
  private boolean isTakenOut(Expression key) {
    Named[] keys = new Named[hits.schema().size() + 1];
    Arrays.setAll(
        keys,
        i ->
            i < hits.schema().size()
                ? Named.of(column(hits.schema().name(i)))
                : new Named("k", key));
    Plan plan = group(keys);
    Plan rewritten = Rewrite.all(plan);
    assertThat(rewritten.schema()).isEqualTo(plan.schema());
    while (!(rewritten instanceof Plan.Aggregate)) {
      rewritten = rewritten.inputs().getFirst();
    }
    return ((Plan.Aggregate) rewritten)
        .keys().stream().noneMatch(kept -> Objects.equals(kept.name(), "k"));
  }

  private Plan group(Named... keys) {
    return Plan.Aggregate.of(
        hits,
        List.of(keys),
        List.of(new Named("c", new Expression.Aggregate(AggregateFunction.COUNT, List.of(), 0))));
  }

  private static String explain(Plan plan) {
    Plan rewritten = Rewrite.all(plan);
    assertThat(rewritten.schema()).isEqualTo(plan.schema());
    return Explain.of(rewritten);
  }

  private static Expression column(String name) {
    return new Expression.Column(name);
  }

  private static Expression number(long value) {
    return new Expression.Literal(DataType.I64, value);
  }

  private static Expression text(String value) {
    return new Expression.Literal(DataType.UTF8, value);
  }

  private static Expression minus(Expression value, long amount) {
    return Expression.Call.of(Function.SUBTRACT, value, number(amount));
  }

  private static Expression plus(Expression a, Expression b) {
    return Expression.Call.of(Function.ADD, a, b);
  }
}
