package colonnade.engine.plan.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Explain;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.JoinKind;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.Scaling;
import colonnade.engine.plan.SortKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewriteTest {
  private final Plan trips =
      scan("trips", Schema.of("origin", DataType.UTF8, "delay", DataType.I32, "km", DataType.F64));
  private final Plan airports =
      scan("airports", Schema.of("code", DataType.UTF8, "km", DataType.F64));

  @Test
  void readsOnlyColumnsThatAreUsed() {
    Plan plan =
        Plan.Aggregate.of(
            Plan.Filter.of(trips, over(column("delay"), 15)),
            List.of(),
            List.of(new Named("n", sum(column("km")))));
    assertThat(explain(plan)).contains("2 of 3 columns: delay, km");
  }

  @Test
  void countsWithoutReadingAnyColumn() {
    Plan plan =
        Plan.Aggregate.of(
            trips,
            List.of(),
            List.of(
                new Named("n", new Expression.Aggregate(AggregateFunction.COUNT, List.of(), 0))));
    assertThat(explain(plan)).contains("0 of 3 columns");
  }

  @Test
  void movesConditionsOnHandedOnColumnsBelowProjectionsAndSorts() {
    Plan plan =
        Plan.Project.of(
            trips, List.of(new Named("late", column("delay")), new Named("far", twice("km"))));
    plan = Plan.Sort.of(plan, List.of(new SortKey(column("far"), false, false)));
    plan = Plan.Filter.of(plan, and(over(column("late"), 15), over(column("far"), 3)));
    assertThat(explain(plan))
        .isEqualTo(
            """
            sort by far
              filter (far > 3)
                map late = delay, far = (km * 2)
                  filter (delay > 15)
                    scan trips (mapped, 0 rows): 2 of 3 columns: delay, km
            1 pass over the data
            """);
  }

  @Test
  void keepsConditionsAboveWhatDependsOnAllRows() {
    Plan limited = Plan.Filter.of(Plan.Limit.of(trips, 0, 10), over(column("delay"), 15));
    assertThat(Rewrite.all(limited)).isInstanceOf(Plan.Filter.class);
    Plan distinct =
        Plan.Filter.of(Plan.Distinct.of(trips, List.of("origin")), over(column("delay"), 15));
    assertThat(Rewrite.all(distinct)).isInstanceOf(Plan.Filter.class);
  }

  @Test
  void movesConditionsOnKeysBelowGroupBy() {
    Plan plan =
        Plan.Aggregate.of(
            trips,
            List.of(Named.of(column("delay"))),
            List.of(new Named("total", sum(column("km")))));
    plan = Plan.Filter.of(plan, and(over(column("delay"), 15), over(column("total"), 3)));
    String text = explain(plan);
    assertThat(text)
        .startsWith(
            "filter (total > 3)\n  group by delay: total = sum(km)\n    filter (delay > 15)\n");
  }

  @Test
  void movesConditionsIntoTheSidesOfAJoin() {
    Plan inner = join(JoinKind.INNER);
    Plan plan = Plan.Filter.of(inner, and(over(column("delay"), 15), over(column("km_right"), 7)));
    assertThat(explain(plan))
        .doesNotStartWith("filter")
        .contains("filter (delay > 15)")
        .contains("filter (km > 7)");
    Plan left = Plan.Filter.of(join(JoinKind.LEFT), over(column("km_right"), 7));
    assertThat(explain(left)).startsWith("filter (km_right > 7)");
  }

  @Test
  void keepsTheNamesOfAJoinWhenColumnsAreLeftOut() {
    Plan plan = Plan.Project.of(join(JoinKind.INNER), List.of(Named.of(column("km_right"))));
    Plan rewritten = Rewrite.all(plan);
    assertThat(rewritten.schema().names()).containsExactly("km_right");
    assertThat(rewritten.inputs().get(0).schema().names()).contains("km_right");
  }

  @Test
  void givesNormalizeAPassOfItsOwn() {
    Expression scaled =
        new Expression.Normalize(column("delay"), Scaling.of(Scaling.Kind.Z_SCORE), List.of());
    Plan plan = Plan.Project.adding(trips, new Named("z", scaled));
    assertThat(explain(plan))
        .contains("normalize delay by z_score")
        .endsWith("2 passes over the data\n");
    assertThat(Rewrite.all(plan).schema()).isEqualTo(plan.schema());
  }

  @Test
  void keepsTheSchemaOfEveryPlan() {
    Plan filtered = Plan.Filter.of(trips, over(column("delay"), 15));
    for (Plan plan :
        List.of(
            filtered,
            Plan.Sort.of(filtered, List.of(new SortKey(twice("km"), true, false))),
            Plan.Limit.of(Plan.Project.of(filtered, List.of(Named.of(column("km")))), 1, 2),
            join(JoinKind.SEMI),
            join(JoinKind.LEFT))) {
      assertThat(Rewrite.all(plan).schema()).isEqualTo(plan.schema());
    }
  }

  private Plan join(JoinKind kind) {
    return Plan.Join.of(
        trips, airports, List.of(column("origin")), List.of(column("code")), kind, false, "_right");
  }

  private static String explain(Plan plan) {
    return Explain.of(Rewrite.all(plan));
  }

  private static Plan scan(String name, Schema schema) {
    return Plan.Scan.of(new MemoryTable(name, schema, List.of(), () -> {}));
  }

  private static Expression column(String name) {
    return new Expression.Column(name);
  }

  private static Expression over(Expression value, long limit) {
    return Expression.Call.of(Function.GREATER, value, new Expression.Literal(DataType.I64, limit));
  }

  private static Expression twice(String name) {
    return Expression.Call.of(
        Function.MULTIPLY, column(name), new Expression.Literal(DataType.I64, 2L));
  }

  private static Expression and(Expression a, Expression b) {
    return Expression.Call.of(Function.AND, a, b);
  }

  private static Expression sum(Expression value) {
    return new Expression.Aggregate(AggregateFunction.SUM, List.of(value), 0);
  }
}
