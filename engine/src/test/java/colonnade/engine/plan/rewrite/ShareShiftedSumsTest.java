package colonnade.engine.plan.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.RowCountBound;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.AggregateSplit;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.JoinKind;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareShiftedSumsTest {
  private static final Schema SCHEMA =
      Schema.of(
          "width", DataType.I16,
          "ip", DataType.I32,
          "size", DataType.U32,
          "id", DataType.I64,
          "x", DataType.F64);

  @Test
  void sumsTheColumnOnceForAllConstants() {
    List<Named> sums = new ArrayList<>();
    for (long i = 1; i <= 90; i++) {
      sums.add(new Named("s" + i, sum(call(Function.ADD, column("width"), number(i)))));
    }
    Plan plan = Plan.Aggregate.of(rows(1_000_000), List.of(), sums);
    Plan.Aggregate rewritten = (Plan.Aggregate) Rewrite.all(plan);
    assertThat(rewritten.schema()).isEqualTo(plan.schema());
    AggregateSplit split = AggregateSplit.of(rewritten.aggregates(), rewritten.input().schema());
    assertThat(split.aggregates())
        .extracting(ExpressionText::of)
        .containsExactly("sum(width)", "count_present(width)");
  }

  @Test
  void rewritesSumsAndDifferences() {
    assertThat(shared(call(Function.ADD, column("ip"), number(5))))
        .isEqualTo("(sum(ip) + (5 * count_present(ip)))");
    assertThat(shared(call(Function.ADD, number(5), column("ip"))))
        .isEqualTo("(sum(ip) + (5 * count_present(ip)))");
    assertThat(shared(call(Function.SUBTRACT, column("ip"), number(-5))))
        .isEqualTo("(sum(ip) - (-5 * count_present(ip)))");
  }

  @Test
  void rewritesSumsInsideExpressions() {
    Expression half =
        call(Function.DIVIDE, sum(call(Function.ADD, column("size"), number(1))), number(2));
    Plan plan = Plan.Aggregate.of(rows(10), List.of(), List.of(new Named("h", half)));
    assertThat(text(plan)).isEqualTo("((sum(size) + (1 * count_present(size))) / 2)");
  }

  @Test
  void leavesOtherArguments() {
    for (Expression argument :
        List.of(
            column("ip"),
            call(Function.SUBTRACT, number(5), column("ip")),
            call(Function.MULTIPLY, column("ip"), number(5)),
            call(Function.ADD, column("ip"), column("size")),
            call(Function.ADD, column("ip"), new Expression.Literal(null, null)),
            call(Function.ADD, column("ip"), new Expression.Literal(DataType.F64, 5.0)),
            call(Function.ADD, column("x"), number(5)),
            call(Function.ADD, column("id"), number(5)))) {
      assertThat(shared(argument)).isEqualTo(ExpressionText.of(sum(argument)));
    }
    Expression mean =
        new Expression.Aggregate(
            AggregateFunction.MEAN, List.of(call(Function.ADD, column("ip"), number(5))), 0);
    Plan plan = Plan.Aggregate.of(rows(10), List.of(), List.of(new Named("m", mean)));
    assertThat(text(plan)).isEqualTo("mean((ip + 5))");
  }

  @Test
  void leavesSumsThatMightLeaveI64() {
    // The sum of 2^31 rows that are at most 2^32 - 1 fits, that of twice as many may not.
    Expression next = call(Function.ADD, column("size"), number(-1));
    assertThat(text(aggregate(rows(1L << 31), next))).startsWith("(sum(size) + ");
    assertThat(text(aggregate(rows(1L << 32), next))).startsWith("sum((size + ");
    Expression far = call(Function.ADD, column("ip"), number(1L << 40));
    assertThat(text(aggregate(rows(1 << 20), far))).startsWith("(sum(ip) + ");
    assertThat(text(aggregate(rows(1 << 23), far))).startsWith("sum((ip + ");
    // One row, and even none, may have a value that does not fit.
    Expression beyond = call(Function.ADD, column("ip"), number(Long.MAX_VALUE));
    assertThat(text(aggregate(rows(1), beyond))).startsWith("sum((ip + ");
    assertThat(text(aggregate(rows(0), beyond))).startsWith("sum((ip + ");
  }

  @Test
  void leavesSumsOverAnUnknownNumberOfRows() {
    Plan joined =
        Plan.Join.of(
            rows(9),
            rows(9),
            List.of(column("id")),
            List.of(column("id")),
            JoinKind.INNER,
            false,
            "_right");
    Expression next = call(Function.ADD, column("width"), number(1));
    assertThat(RowCountBound.of(joined)).isEqualTo(-1);
    assertThat(text(aggregate(joined, next))).startsWith("sum((width + ");
    Plan limited = Plan.Limit.of(joined, 0, 7);
    assertThat(RowCountBound.of(limited)).isEqualTo(7);
    assertThat(text(aggregate(limited, next))).startsWith("(sum(width) + ");
  }

  @Test
  void boundsRowsByWhatAllStepsSay() {
    assertThat(RowCountBound.of(Plan.Limit.of(rows(5), 0, 100))).isEqualTo(5);
    assertThat(RowCountBound.of(Plan.Limit.of(rows(5), 2, 3))).isEqualTo(3);
    assertThat(RowCountBound.of(aggregate(rows(0), column("ip")))).isEqualTo(1);
  }

  private static String shared(Expression argument) {
    return text(aggregate(rows(1000), argument));
  }

  private static Plan aggregate(Plan input, Expression argument) {
    return Plan.Aggregate.of(input, List.of(), List.of(new Named("s", sum(argument))));
  }

  private static String text(Plan aggregate) {
    Plan.Aggregate rewritten = (Plan.Aggregate) Rewrite.all(aggregate);
    assertThat(rewritten.schema()).isEqualTo(aggregate.schema());
    return ExpressionText.of(rewritten.aggregates().getFirst().expression());
  }

  /** So many rows; nobody reads them. */
  private static Plan rows(long rowCount) {
    List<MemoryTable.Rows> blocks = new ArrayList<>();
    for (long left = rowCount; left > 0; ) {
      int size = (int) Math.min(left, 1 << 30);
      blocks.add(new MemoryTable.Rows(size, new Vector[0]));
      left -= size;
    }
    return Plan.Scan.of(new MemoryTable("hits", SCHEMA, blocks, () -> {}));
  }

  private static Expression sum(Expression value) {
    return new Expression.Aggregate(AggregateFunction.SUM, List.of(value), 0);
  }

  private static Expression column(String name) {
    return new Expression.Column(name);
  }

  private static Expression number(long value) {
    return new Expression.Literal(DataType.I64, value);
  }

  private static Expression call(Function function, Expression... arguments) {
    return Expression.Call.of(function, arguments);
  }
}
