package colonnade.engine.exec;

import colonnade.Schema;
import colonnade.engine.exec.op.CollectSink;
import colonnade.engine.exec.op.OrderedSink;
import colonnade.engine.exec.op.WriteSink;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.rewrite.Rewrite;
import colonnade.engine.store.ColumnNotes;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs plans: rewrites them, compiles them to pipelines, and drives those into what the action
 * wants. Stateless; safe for all threads.
 */
public final class Executor {
  private Executor() {}

  /**
   * The result in memory, which the caller owns and closes.
   *
   * @throws colonnade.error.MemoryBudgetException if it does not fit the limit
   */
  public static MemoryTable collect(Plan plan, QueryOptions options) {
    try (QueryContext context = new QueryContext(options)) {
      Pipeline pipeline = new Compiler(context).compile(Rewrite.all(plan));
      MemoryTable complete = complete(pipeline);
      if (complete != null
          && complete.memory() instanceof QueryMemory.Region region
          && context.memory().owns(region)) {
        MemoryTable result = owned(plan.schema(), complete.blocks(), region);
        context.memory().detach(region);
        return result;
      }
      QueryMemory.Region region = context.memory().detachedRegion();
      try {
        CollectSink sink = new CollectSink(pipeline.schema(), region, Long.MAX_VALUE);
        Driver.run(context, pipeline, sink);
        return owned(plan.schema(), sink.rows(), region);
      } catch (Throwable e) {
        region.close();
        throw e;
      }
    }
  }

  /**
   * The table in memory that is the whole result already, if there is nothing left to do; or null.
   */
  private static @Nullable MemoryTable complete(Pipeline pipeline) {
    boolean isWhole =
        pipeline.steps().isEmpty()
            && pipeline.condition() == null
            && pipeline.columns().length == pipeline.source().schema().size();
    for (int c = 0; isWhole && c < pipeline.columns().length; c++) {
      isWhole = pipeline.columns()[c] == c;
    }
    return isWhole && pipeline.source() instanceof MemoryTable table ? table : null;
  }

  /** A result that refers to memory of {@code region} alone, which it owns. */
  private static MemoryTable owned(
      Schema schema, List<MemoryTable.Rows> blocks, QueryMemory.Region region) {
    long rowCount = blocks.stream().mapToLong(MemoryTable.Rows::rowCount).sum();
    DictionaryOwner owner = new DictionaryOwner(region, rowCount);
    List<MemoryTable.Rows> owned = new ArrayList<>();
    for (MemoryTable.Rows rows : Compaction.of(blocks, schema, region)) {
      Vector[] vectors = new Vector[rows.vectors().length];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = owner.own(rows.vectors()[c], rows.rowCount());
      }
      owned.add(new MemoryTable.Rows(rows.rowCount(), vectors));
    }
    return new MemoryTable("result", schema, owned, region);
  }

  /**
   * Hands the result to {@code consumer} in order, a block at a time, until it wants no more.
   * Memory does not grow with the rows.
   */
  public static void forEachBlock(Plan plan, QueryOptions options, OrderedSink.Consumer consumer) {
    try (QueryContext context = new QueryContext(options)) {
      Pipeline pipeline = new Compiler(context).compile(Rewrite.all(plan));
      Driver.run(context, pipeline, new OrderedSink(pipeline.schema(), context, consumer));
    }
  }

  /**
   * Appends the result to {@code writer}, in order; the caller commits, or aborts after an error.
   * Memory does not grow with the rows. Normalized columns keep how they were scaled.
   */
  public static void write(Plan plan, QueryOptions options, TableWriter writer) {
    write(
        plan,
        options,
        writer::remember,
        (pipeline, context) -> new WriteSink(pipeline.schema(), context, writer));
  }

  /**
   * As {@link #forEachBlock}, for who writes columns: before the first rows {@code keeper} takes,
   * by name, what is to be kept beside a column.
   */
  public static void write(
      Plan plan,
      QueryOptions options,
      BiConsumer<String, ColumnNotes> keeper,
      OrderedSink.Consumer consumer) {
    write(
        plan,
        options,
        keeper,
        (pipeline, context) -> new OrderedSink(pipeline.schema(), context, consumer));
  }

  private static void write(
      Plan plan,
      QueryOptions options,
      BiConsumer<String, ColumnNotes> keeper,
      BiFunction<Pipeline, QueryContext, Sink> sink) {
    try (QueryContext context = new QueryContext(options)) {
      Plan rewritten = Rewrite.all(plan);
      Pipeline pipeline = new Compiler(context).compile(rewritten);
      for (String name : plan.schema().names()) {
        Provenance origin = Provenance.of(rewritten, name);
        Plan.Scaled scaled = origin.scaled();
        Fitted fitted = scaled == null ? null : context.fitted(scaled);
        if (fitted != null) {
          keeper.accept(name, fitted.notes(key -> origin.nameOf(key, rewritten, plan.schema())));
        }
      }
      Driver.run(context, pipeline, sink.apply(pipeline, context));
    }
  }

  /** What would run: passes, steps, pushed-down parts, columns to be mapped. */
  public static String explain(Plan plan) {
    return colonnade.engine.plan.Explain.of(Rewrite.all(plan));
  }
}
