package colonnade.engine.plan.rewrite;

import colonnade.Schema;
import colonnade.engine.exec.RowCountBound;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import java.util.List;

/**
 * The sum of a column of integers and a constant is the column's sum and so many times the
 * constant: {@code sum(x + 3)} is {@code sum(x) + 3 * count(x)}, so that any number of such sums
 * takes one pass over the column, as it is stored.
 *
 * <p>Only where no number on either way can leave i64, by the column's type and the number of rows:
 * else a sum might be an error that was none, or the other way round.
 */
public final class ShareShiftedSums implements Rewrite {
  @Override
  public Plan apply(Plan plan) {
    Plan rebuilt = plan.mapInputs(this::apply);
    return rebuilt instanceof Plan.Aggregate aggregate ? share(aggregate) : rebuilt;
  }

  private static Plan share(Plan.Aggregate aggregate) {
    long rowCount = RowCountBound.of(aggregate.input());
    if (rowCount < 0) {
      return aggregate;
    }
    // A bound of no rows would prove what one row refutes.
    IntegerRange rows = IntegerRange.of(0, Math.max(1, rowCount));
    Schema input = aggregate.input().schema();
    List<Named> shared =
        aggregate.aggregates().stream()
            .map(named -> new Named(named.name(), share(named.expression(), input, rows)))
            .toList();
    return new Plan.Aggregate(aggregate.input(), aggregate.keys(), shared, aggregate.schema());
  }

  private static Expression share(Expression expression, Schema input, IntegerRange rows) {
    if (!(expression instanceof Expression.Aggregate aggregate)) {
      return expression.mapChildren(part -> share(part, input, rows));
    }
    return aggregate.function() == AggregateFunction.SUM
            && aggregate.arguments().getFirst() instanceof Expression.Call call
            && isShift(call)
            && fits(call, input, rows)
        ? shifted(call)
        : aggregate;
  }

  /** Whether {@code call} adds a constant to a column, or takes one from it. */
  private static boolean isShift(Expression.Call call) {
    boolean adds = call.function() == Function.ADD;
    if (!adds && call.function() != Function.SUBTRACT) {
      return false;
    }
    Expression left = call.arguments().getFirst();
    Expression right = call.arguments().getLast();
    return left instanceof Expression.Column && right instanceof Expression.Literal
        || adds && left instanceof Expression.Literal && right instanceof Expression.Column;
  }

  /** Whether all rows' values, constants and both together have sums that are an i64. */
  private static boolean fits(Expression.Call call, Schema input, IntegerRange rows) {
    IntegerRange together = IntegerRange.ofCall(call, input);
    return together != null
        && together.times(rows).fitsI64()
        && call.arguments().stream()
            .map(part -> IntegerRange.of(part, input))
            .allMatch(range -> range != null && range.times(rows).fitsI64());
  }

  private static Expression shifted(Expression.Call call) {
    Expression left = call.arguments().getFirst();
    Expression right = call.arguments().getLast();
    boolean columnFirst = left instanceof Expression.Column;
    List<Expression> column = List.of(columnFirst ? left : right);
    Expression count = new Expression.Aggregate(AggregateFunction.COUNT_PRESENT, column, 0);
    return Expression.Call.of(
        call.function(),
        new Expression.Aggregate(AggregateFunction.SUM, column, 0),
        Expression.Call.of(Function.MULTIPLY, columnFirst ? right : left, count));
  }
}
