package colonnade.engine.exec;

import colonnade.Schema;
import colonnade.engine.exec.agg.DistinctSink;
import colonnade.engine.exec.agg.KeyDomain;
import colonnade.engine.exec.agg.KeyDomains;
import colonnade.engine.exec.op.CollectSink;
import colonnade.engine.exec.op.FilterOperator;
import colonnade.engine.exec.op.ProjectOperator;
import colonnade.engine.exec.op.SortSink;
import colonnade.engine.exec.op.SortedRows;
import colonnade.engine.exec.sort.SortOrder;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.SortKey;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    return compile(plan, null);
  }

  /**
   * As above, if only some rows are wanted: others may be left out, those that are not keep their
   * order.
   */
  private Pipeline compile(Plan plan, @Nullable WantedRows wanted) {
    return switch (plan) {
      case Plan.Scan scan ->
          new Pipeline(
              scan.source(),
              scan.columns().stream().mapToInt(scan.source().schema()::indexOf).toArray(),
              null,
              List.of(),
              scan.schema());
      case Plan.Filter filter -> {
        Pipeline input = compile(filter.input());
        if (filter.input() instanceof Plan.Scan scan && scan.source() instanceof BlockSource) {
          yield new Pipeline(
              input.source(), input.columns(), filter.predicate(), List.of(), input.schema());
        }
        yield input.then(FilterOperator.of(filter.predicate(), input.schema()), input.schema());
      }
      case Plan.Project project -> {
        Pipeline input = compile(project.input(), wanted == null ? null : wanted.below(project));
        yield project(
            input,
            project.expressions().stream().map(Named::expression).toList(),
            project.schema());
      }
      case Plan.Aggregate aggregate ->
          new AggregateStep(context).run(aggregate, compile(aggregate.input()), wanted);
      case Plan.Join join ->
          JoinStep.of(context, join, compile(join.right()), compile(join.left()));
      case Plan.Sort sort ->
          sort.inOrder()
              ? compile(sort.input())
              : Pipeline.of(sort(sort, Long.MAX_VALUE, context.memory().region()));
      case Plan.Limit limit -> limit(limit);
      case Plan.Distinct distinct -> distinct(distinct);
      case Plan.Normalize normalize ->
          NormalizeStep.of(context, normalize, compile(normalize.input()));
    };
  }

  /**
   * {@code input} followed by a projection to {@code expressions}, which is left out if it changes
   * nothing, or only which columns are read.
   */
  static Pipeline project(Pipeline input, List<Expression> expressions, Schema schema) {
    int[] handedOn = new int[expressions.size()];
    for (int i = 0; i < handedOn.length; i++) {
      handedOn[i] =
          expressions.get(i) instanceof Expression.Column column
              ? input.schema().indexOf(column.name())
              : -1;
    }
    boolean isWhole = handedOn.length == input.schema().size();
    for (int i = 0; isWhole && i < handedOn.length; i++) {
      isWhole = handedOn[i] == i;
    }
    if (isWhole) {
      return new Pipeline(
          input.source(), input.columns(), input.condition(), input.steps(), schema);
    }
    boolean isRead = input.source() instanceof BlockSource && input.steps().isEmpty();
    return isRead && input.condition() == null && Arrays.stream(handedOn).allMatch(i -> i >= 0)
        ? new Pipeline(
            input.source(),
            Arrays.stream(handedOn).map(i -> input.columns()[i]).toArray(),
            null,
            List.of(),
            schema)
        : input.then(ProjectOperator.of(expressions, input.schema()), schema);
  }

  private Pipeline limit(Plan.Limit limit) {
    long wanted =
        limit.offset() + limit.rowCount() < 0 ? Long.MAX_VALUE : limit.offset() + limit.rowCount();
    if (limit.input() instanceof Plan.Sort sort && !sort.inOrder() && wanted < Long.MAX_VALUE) {
      QueryMemory.Region region = context.memory().region();
      return Pipeline.of(cut(sort(sort, wanted, region), limit, region));
    }
    Pipeline input = compile(limit.input(), WantedRows.of(wanted, List.of()));
    QueryMemory.Region region = context.memory().region();
    CollectSink sink = new CollectSink(input.schema(), region, wanted);
    if (wanted > 0) {
      Driver.run(context, input, sink);
    }
    return Pipeline.of(
        cut(new MemoryTable("all", input.schema(), sink.rows(), region), limit, region));
  }

  /** The rows of {@code all}, which lie in {@code region}, that the limit lets through. */
  private static MemoryTable cut(MemoryTable all, Plan.Limit limit, QueryMemory.Region region) {
    List<MemoryTable.Rows> kept = new ArrayList<>();
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
    return new MemoryTable("limit", all.schema(), kept, region);
  }

  private MemoryTable sort(Plan.Sort sort, long limit, QueryMemory.Region region) {
    Pipeline input = compile(sort.input(), WantedRows.of(limit, sort.keys()));
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
    Pipeline rows = project(input, expressions, schema);
    try (QueryMemory.Region decoded = context.memory().region()) {
      Vector[] atRest = limit == Long.MAX_VALUE ? atRest(rows, decoded) : null;
      if (atRest != null) {
        return new MemoryTable("sort", input.schema(), sort(rows, atRest, keys, region), region);
      }
    }
    SortSink sink = new SortSink(schema, keys, input.schema().size(), limit, context, region);
    Driver.run(context, rows, sink);
    return new MemoryTable("sort", input.schema(), sink.rows(), region);
  }

  /** The columns of {@code pipeline} where its source has them whole and nothing is to be done. */
  private Vector @Nullable [] atRest(Pipeline pipeline, QueryMemory.Region decoded) {
    if (!pipeline.steps().isEmpty() || !(pipeline.source() instanceof BlockSource source)) {
      return null;
    }
    Vector[] columns = new Vector[pipeline.columns().length];
    for (int c = 0; c < columns.length; c++) {
      Vector whole = source.whole(pipeline.columns()[c], context, decoded);
      if (whole == null) {
        return null;
      }
      columns[c] = whole;
    }
    return columns;
  }

  private List<MemoryTable.Rows> sort(
      Pipeline pipeline, Vector[] columns, List<SortOrder.Key> keys, QueryMemory.Region region) {
    Source source = pipeline.source();
    int rowCount = SortedRows.count(source.rowCount().orElse(0));
    ProgressMeter progress = context.startPass(pipeline, rowCount);
    try {
      List<MemoryTable.Rows> sorted =
          SortedRows.of(
              columns, rowCount, keys, rowCount, pipeline.schema().size(), context, region);
      progress.add(rowCount);
      progress.end();
      return sorted;
    } catch (InternalError e) {
      throw UnreadablePage.of(source, pipeline.columns(), 0, rowCount, e);
    } catch (RuntimeException e) {
      throw source.translate(e, pipeline.columns(), 0, rowCount);
    }
  }

  private Pipeline distinct(Plan.Distinct distinct) {
    Pipeline input = compile(distinct.input());
    int[] keys = distinct.columns().stream().mapToInt(input.schema()::indexOf).toArray();
    QueryMemory.Region region = context.memory().region();
    List<@Nullable KeyDomain> domains = new ArrayList<>();
    for (String name : distinct.columns()) {
      domains.add(KeyDomains.of(new Expression.Column(name), distinct.input()));
    }
    DistinctSink sink =
        new DistinctSink(
            input.schema(), keys, domains, input.source().rowCount().orElse(-1), context, region);
    Driver.run(context, input, sink);
    return Pipeline.of(new MemoryTable("distinct", input.schema(), sink.rows(), region));
  }
}
