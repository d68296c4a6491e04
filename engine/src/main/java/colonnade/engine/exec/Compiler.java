package colonnade.engine.exec;

import colonnade.Schema;
import colonnade.engine.exec.op.CollectSink;
import colonnade.engine.exec.op.FilterOperator;
import colonnade.engine.exec.op.ProjectOperator;
import colonnade.engine.exec.op.SortSink;
import colonnade.engine.exec.sort.SortOrder;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns a plan into one pipeline, by running what has to be complete before it starts: the inputs
 * of group-by, sort, limit and distinct, the build side of a join, the fitting pass of normalize.
 * What those leave in memory belongs to the query.
 */
final class Compiler {
  private final QueryContext context;

  Compiler(QueryContext context) {
    this.context = context;
  }

  /** The pipeline that gives the rows of {@code plan}. */
  Pipeline compile(Plan plan) {
    return switch (plan) {
      case Plan.Scan scan ->
          new Pipeline(
              scan.source(),
              scan.columns().stream().mapToInt(scan.source().schema()::indexOf).toArray(),
              List.of(),
              scan.schema());
      case Plan.Filter filter -> {
        Pipeline input = compile(filter.input());
        yield input.then(FilterOperator.of(filter.predicate(), input.schema()), input.schema());
      }
      case Plan.Project project -> {
        Pipeline input = compile(project.input());
        yield project(
            input,
            project.expressions().stream().map(Named::expression).toList(),
            project.schema());
      }
      case Plan.Aggregate aggregate -> throw new IllegalStateException("aggregate lands next");
      case Plan.Join join -> throw new IllegalStateException("join lands next");
      case Plan.Sort sort -> sort(sort, Long.MAX_VALUE);
      case Plan.Limit limit -> limit(limit);
      case Plan.Distinct distinct -> throw new IllegalStateException("distinct lands next");
      case Plan.Normalize normalize -> throw new IllegalStateException("normalize lands next");
    };
  }

  /**
   * {@code input} followed by a projection to {@code expressions}, which is left out if it changes
   * nothing.
   */
  static Pipeline project(Pipeline input, List<Expression> expressions, Schema schema) {
    boolean same = expressions.size() == input.schema().size();
    for (int i = 0; same && i < expressions.size(); i++) {
      same = expressions.get(i).equals(new Expression.Column(input.schema().name(i)));
    }
    return same
        ? new Pipeline(input.source(), input.columns(), input.steps(), schema)
        : input.then(ProjectOperator.of(expressions, input.schema()), schema);
  }

  private Pipeline limit(Plan.Limit limit) {
    long wanted =
        limit.offset() + limit.rowCount() < 0 ? Long.MAX_VALUE : limit.offset() + limit.rowCount();
    if (limit.input() instanceof Plan.Sort sort && wanted < Long.MAX_VALUE) {
      return cut(sort(sort, wanted), limit);
    }
    Pipeline input = compile(limit.input());
    CollectSink sink = new CollectSink(input.schema(), context.memory().region(), wanted);
    if (wanted > 0) {
      Driver.run(context, input, sink);
    }
    return cut(Pipeline.of(table("limit", input.schema(), sink.rows())), limit);
  }

  /** The rows of a pipeline over a table in memory that the limit lets through. */
  private Pipeline cut(Pipeline input, Plan.Limit limit) {
    MemoryTable all = (MemoryTable) input.source();
    List<MemoryTable.Rows> kept = new ArrayList<>();
    QueryMemory.Region region = context.memory().region();
    long end =
        limit.offset() + limit.rowCount() < 0 ? Long.MAX_VALUE : limit.offset() + limit.rowCount();
    for (int b = 0; b < all.blocks().size(); b++) {
      MemoryTable.Rows rows = all.blocks().get(b);
      int from = (int) Math.clamp(limit.offset() - all.firstRow(b), 0L, rows.rowCount());
      int to = (int) Math.clamp(end - all.firstRow(b), 0L, rows.rowCount());
      if (from < to) {
        kept.add(rows.slice(from, to - from, region));
      }
    }
    return Pipeline.of(table("limit", input.schema(), kept));
  }

  private Pipeline sort(Plan.Sort sort, long limit) {
    Pipeline input = compile(sort.input());
    List<Expression> expressions = new ArrayList<>();
    input.schema().names().forEach(name -> expressions.add(new Expression.Column(name)));
    List<SortOrder.Key> keys = new ArrayList<>();
    for (SortKey key : sort.keys()) {
      int at = expressions.indexOf(key.expression());
      if (at < 0) {
        at = expressions.size();
        expressions.add(key.expression());
      }
      keys.add(new SortOrder.Key(at, key.descending(), key.nullsFirst()));
    }
    Schema schema = KeySchema.extend(input.schema(), expressions);
    SortSink sink =
        new SortSink(
            schema, keys, input.schema().size(), limit, context, context.memory().region());
    Driver.run(context, project(input, expressions, schema), sink);
    return Pipeline.of(table("sort", input.schema(), sink.rows()));
  }

  private MemoryTable table(String name, Schema schema, List<MemoryTable.Rows> rows) {
    return new MemoryTable(name, schema, rows, () -> {});
  }

  /** Positions {@code 0 .. count - 1}. */
  static int[] positions(int count) {
    return IntStream.range(0, count).toArray();
  }
}
