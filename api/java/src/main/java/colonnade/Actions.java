package colonnade;

import colonnade.engine.exec.Executor;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.WriteOptions;
import colonnade.error.TableExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The one place where frames are handed to the engine to be run. */
final class Actions {
  private Actions() {}

  static MemoryTable collect(Plan plan, QueryOptions options) {
    return Executor.collect(plan, options);
  }

  static void write(Plan plan, Path path, Mode mode, WriteOptions writing, QueryOptions options) {
    TableWriter writer = create(path, plan.schema(), mode, writing);
    try {
      Executor.write(plan, options, writer);
    } catch (Throwable e) {
      try {
        writer.abort();
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    writer.close();
  }

  /** The writer of a new table; only {@link Mode#CREATE} replaces one. */
  static TableWriter create(Path path, Schema schema, Mode mode, WriteOptions writing) {
    if (mode != Mode.CREATE && TableStore.exists(path)) {
      throw new TableExistsException(
          path.toString(),
          "there is a table in " + path + " already",
          "Choose another path, or replace it with Mode.CREATE.");
    }
    return TableWriter.create(path, schema, writing);
  }

  /** Hands batches in order to {@code consumer} until it returns false. */
  static void forEachBatch(Plan plan, QueryOptions options, Predicate<Batch> consumer) {
    Schema schema = plan.schema();
    long[] firstRow = {0};
    Executor.forEachBlock(
        plan,
        options,
        rows -> {
          boolean more = consumer.test(new Batch(schema, rows, firstRow[0]));
          firstRow[0] += rows.rowCount();
          return more;
        });
  }

  static String explain(Plan plan) {
    return Executor.explain(plan);
  }

  static long count(Plan plan, QueryOptions options) {
    if (plan instanceof Plan.Scan scan) {
      OptionalLong known = scan.source().rowCount();
      if (known.isPresent()) {
        return known.getAsLong();
      }
    }
    Expression count = new Expression.Aggregate(AggregateFunction.COUNT, List.of(), 0);
    Plan counting = Plan.Aggregate.of(plan, List.of(), List.of(new Named("count", count)));
    try (Table result = Table.inMemory(collect(counting, options))) {
      return result.row(0).i64("count");
    }
  }

  /** The first rows as text; one row more is asked for, to know whether there are more. */
  static String text(Plan plan, QueryOptions options, int rowCount) {
    Plan limited = Plan.Limit.of(plan, 0, rowCount + 1L);
    try (Table result = Table.inMemory(collect(limited, options))) {
      return TextTable.headOfFrame(result, rowCount);
    }
  }
}
