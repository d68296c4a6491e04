package colonnade.engine.exec;

import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.exec.agg.AggregateColumn;
import colonnade.engine.exec.agg.AggregateSink;
import colonnade.engine.exec.agg.GroupKey;
import colonnade.engine.exec.agg.KeyDomains;
import colonnade.engine.exec.agg.WantedGroups;
import colonnade.engine.plan.AggregateSplit;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.ExpressionText;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Plan.Aggregate}: the input's pipeline computes keys and arguments, a sink groups
 * and aggregates them, and a projection makes the columns that are expressions over several
 * aggregates.
 */
final class AggregateStep {
  private final QueryContext context;

  AggregateStep(QueryContext context) {
    this.context = context;
  }

  /**
   * The groups as a pipeline over a table in memory.
   *
   * @param wanted which of them a limit wants, or null for all
   */
  Pipeline run(Plan.Aggregate aggregate, Pipeline input, @Nullable WantedRows wanted) {
    AggregateSplit split = AggregateSplit.of(aggregate.aggregates(), aggregate.input().schema());
    MemoryTable groups =
        StatisticsRow.answers(aggregate, split)
            ? StatisticsRow.of(context, aggregate, split)
            : runToTable(
                aggregate, split, input, wanted == null ? null : wanted.in(aggregate, split));
    List<Expression> results = new ArrayList<>();
    for (int k = 0; k < aggregate.keys().size(); k++) {
      results.add(new Expression.Column(groups.schema().name(k)));
    }
    split.results().forEach(named -> results.add(named.expression()));
    return Compiler.project(Pipeline.of(groups), results, aggregate.schema());
  }

  /** The keys, and a column for each distinct aggregate, of {@code aggregate}. */
  MemoryTable runToTable(Plan.Aggregate aggregate, AggregateSplit split, Pipeline input) {
    return runToTable(aggregate, split, input, null);
  }

  private MemoryTable runToTable(
      Plan.Aggregate aggregate,
      AggregateSplit split,
      Pipeline input,
      @Nullable WantedGroups wanted) {
    Plan plan = aggregate.input();
    List<Expression> columns = new ArrayList<>();
    List<GroupKey> keys = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (Named key : aggregate.keys()) {
      columns.add(key.expression());
      Field field = aggregate.schema().field(key.name());
      keys.add(
          new GroupKey(
              field.type(),
              KeyDomains.of(key.expression(), plan),
              KnownOrder.is(key.expression(), false, plan)
                  || KnownOrder.is(key.expression(), true, plan)));
      fields.add(new Field("\0key" + fields.size(), field.type()));
    }
    List<AggregateColumn> aggregates = new ArrayList<>();
    for (Expression.Aggregate each : split.aggregates()) {
      List<Integer> positions = new ArrayList<>();
      for (Expression argument : each.arguments()) {
        int at = columns.lastIndexOf(argument);
        if (at < keys.size()) {
          at = columns.size();
          columns.add(argument);
        }
        positions.add(at);
      }
      aggregates.add(
          new AggregateColumn(
              each.function(),
              positions,
              positions.stream().map(at -> KeySchema.type(columns.get(at), plan.schema())).toList(),
              each.parameter(),
              ExpressionText.of(each)));
    }
    fields.addAll(split.schema().fields());
    QueryMemory.Region region = context.memory().region();
    AggregateSink sink =
        new AggregateSink(context, keys, aggregates, RowCountBound.of(plan), wanted, region);
    Driver.run(
        context,
        Compiler.project(input, columns, KeySchema.of(input.schema(), columns, "argument")),
        sink);
    return new MemoryTable("groups", new Schema(fields), sink.rows(), region);
  }
}
