package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.exec.agg.WantedGroups;
import colonnade.engine.exec.sort.SortOrder;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.AggregateSplit;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.SortKey;
import colonnade.engine.plan.rewrite.NeverFails;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a plan a limit above it wants: the first so many in an order, by columns of the
 * plan. Handed down to a group-by, where nothing on the way can be an error in a row that is left
 * out. An immutable value.
 *
 * @param keys whose expressions are columns; empty for the order of the plan's rows
 */
record WantedRows(long rowCount, List<SortKey> keys) {
  /** Of a sort with a limit of so many rows; null if nothing can be handed down. */
  static @Nullable WantedRows of(long rowCount, List<SortKey> keys) {
    boolean byColumns = keys.stream().allMatch(k -> k.expression() instanceof Expression.Column);
    return rowCount <= WantedGroups.MOST && byColumns ? new WantedRows(rowCount, keys) : null;
  }

  /** The same rows in terms of the input of {@code project}, or null. */
  @Nullable WantedRows below(Plan.Project project) {
    return renamed(project.expressions(), project.input().schema());
  }

  /** The same rows in terms of the groups of {@code aggregate}, before {@code split} is undone. */
  @Nullable WantedGroups in(Plan.Aggregate aggregate, AggregateSplit split) {
    boolean mayFail =
        split.aggregates().stream().anyMatch(a -> mayOverflow(a, aggregate.input().schema()));
    List<Field> fields = new ArrayList<>();
    List<Named> columns = new ArrayList<>();
    for (Named key : aggregate.keys()) {
      fields.add(aggregate.schema().field(key.name()));
      columns.add(new Named(key.name(), new Expression.Column(key.name())));
    }
    fields.addAll(split.schema().fields());
    columns.addAll(split.results());
    Schema groups = new Schema(fields);
    WantedRows rows = mayFail || aggregate.keys().isEmpty() ? null : renamed(columns, groups);
    if (rows == null) {
      return null;
    }
    List<SortOrder.Key> order = new ArrayList<>();
    for (SortKey key : rows.keys) {
      int at = groups.indexOf(((Expression.Column) key.expression()).name());
      if (groups.type(at).isVariable()) {
        return null;
      }
      order.add(new SortOrder.Key(at, key.descending(), key.nullsFirst()));
    }
    return new WantedGroups(rowCount, order);
  }

  private static boolean mayOverflow(Expression.Aggregate aggregate, Schema input) {
    return aggregate.function() == AggregateFunction.SUM
        && KeySchema.type(aggregate.arguments().getFirst(), input) == DataType.I64;
  }

  private @Nullable WantedRows renamed(List<Named> expressions, Schema input) {
    for (Named named : expressions) {
      if (!NeverFails.in(named.expression(), input)) {
        return null;
      }
    }
    List<SortKey> renamed = new ArrayList<>();
    for (SortKey key : keys) {
      String name = ((Expression.Column) key.expression()).name();
      for (Named named : expressions) {
        if (named.name().equals(name) && named.expression() instanceof Expression.Column column) {
          renamed.add(new SortKey(column, key.descending(), key.nullsFirst()));
        }
      }
    }
    return renamed.size() == keys.size() ? new WantedRows(rowCount, renamed) : null;
  }
}
