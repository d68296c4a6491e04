package colonnade.engine.plan;

import colonnade.Field;
import colonnade.Schema;
import colonnade.error.InvalidQueryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions over aggregates, split in two: the distinct aggregates, and the expressions over
 * their results, where each aggregate is a column named by its text. {@code sum(a) / count()}
 * becomes the aggregates {@code sum(a)}, {@code count()} and a division of two columns.
 *
 * @param aggregates the distinct aggregates in order of first use
 * @param results the expressions over the columns of {@code schema}
 * @param schema one column per aggregate, in order, named by {@link #columnName}
 */
public record AggregateSplit(
    List<Expression.Aggregate> aggregates, List<Named> results, Schema schema) {
  /** Splits {@code expressions} and checks the aggregates against {@code input}. */
  public static AggregateSplit of(List<Named> expressions, Schema input) {
    Map<Expression.Aggregate, String> names = new LinkedHashMap<>();
    List<Named> results = new ArrayList<>();
    for (Named named : expressions) {
      results.add(new Named(named.name(), replace(named.expression(), names, named.name())));
    }
    List<Field> fields = new ArrayList<>();
    names.forEach(
        (aggregate, name) -> fields.add(new Field(name, Typing.typeOfAggregate(aggregate, input))));
    return new AggregateSplit(
        List.copyOf(names.keySet()), List.copyOf(results), new Schema(fields));
  }

  /** The column that holds aggregate number {@code index}. */
  public String columnName(int index) {
    return schema.name(index);
  }

  private static Expression replace(
      Expression expression, Map<Expression.Aggregate, String> names, String place) {
    if (expression instanceof Expression.Aggregate aggregate) {
      String name = names.computeIfAbsent(aggregate, a -> "\0" + names.size());
      return new Expression.Column(name);
    }
    if (expression instanceof Expression.Column column) {
      throw new InvalidQueryException(
          place,
          "'" + place + "' uses column '" + column.name() + "' outside an aggregate",
          "Wrap it: first(\"" + column.name() + "\"), or make it a key of the groupBy.");
    }
    return expression.mapChildren(child -> replace(child, names, place));
  }
}
