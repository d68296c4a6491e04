package colonnade.engine.plan.rewrite;

import colonnade.Schema;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.SortKey;
import java.util.List;

/**
 * Parts of expressions that have the same value in every row are computed once, here, and what
 * follows from them is simplified; a filter that keeps all rows is left out, one that keeps none
 * reads none. What cannot be computed stays, so that it is an error only if a row needs it.
 */
public final class FoldConstants implements Rewrite {
  @Override
  public Plan apply(Plan plan) {
    Plan rebuilt = plan.mapInputs(this::apply);
    return switch (rebuilt) {
      case Plan.Filter filter -> filter(filter);
      case Plan.Project p ->
          new Plan.Project(p.input(), named(p.expressions(), p.input().schema()), p.schema());
      case Plan.Aggregate a ->
          new Plan.Aggregate(
              a.input(),
              named(a.keys(), a.input().schema()),
              a.aggregates().stream()
                  .map(n -> new Named(n.name(), inside(n.expression(), a.input().schema())))
                  .toList(),
              a.schema());
      case Plan.Join j ->
          new Plan.Join(
              j.left(),
              j.right(),
              all(j.leftKeys(), j.left().schema()),
              all(j.rightKeys(), j.right().schema()),
              j.kind(),
              j.nullsEqual(),
              j.suffix(),
              j.rightColumns(),
              j.schema());
      case Plan.Sort sort ->
          new Plan.Sort(
              sort.input(),
              sort.keys().stream()
                  .map(k ->
                      new SortKey(
                          fold(k.expression(), sort.input().schema()),
                          k.descending(),
                          k.nullsFirst()))
                  .toList());
      case Plan.Normalize n ->
          new Plan.Normalize(
              n.input(),
              n.columns().stream().map(c -> scaled(c, n.input().schema())).toList(),
              n.schema());
      case Plan.Scan _, Plan.Limit _, Plan.Distinct _ -> rebuilt;
    };
  }

  private static Plan filter(Plan.Filter filter) {
    Expression predicate = fold(filter.predicate(), filter.input().schema());
    if (predicate instanceof Expression.Literal literal) {
      return Boolean.TRUE.equals(literal.value())
          ? filter.input()
          : new Plan.Limit(filter.input(), 0, 0);
    }
    return new Plan.Filter(filter.input(), predicate);
  }

  private static Plan.Scaled scaled(Plan.Scaled column, Schema schema) {
    return new Plan.Scaled(
        column.name(), fold(column.input(), schema), column.scaling(), all(column.by(), schema));
  }

  /** Folds the arguments of aggregates, over the rows of {@code schema}. */
  private static Expression inside(Expression expression, Schema schema) {
    return expression.mapChildren(
        expression instanceof Expression.Aggregate
            ? argument -> fold(argument, schema)
            : part -> inside(part, schema));
  }

  private static List<Named> named(List<Named> expressions, Schema schema) {
    return expressions.stream()
        .map(n -> new Named(n.name(), fold(n.expression(), schema)))
        .toList();
  }

  private static List<Expression> all(List<Expression> expressions, Schema schema) {
    return expressions.stream().map(e -> fold(e, schema)).toList();
  }

  private static Expression fold(Expression expression, Schema schema) {
    return ConstantFolding.fold(expression, schema);
  }
}
