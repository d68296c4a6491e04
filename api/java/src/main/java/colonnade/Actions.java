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
import colonnade.error.InvalidQueryException;
import colonnade.error.TableExistsException;
import colonnade.error.TypeMismatchException;
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
    write(plan, create(path, plan.schema(), mode, writing), options);
  }

  static void append(Plan plan, Path path, WriteOptions writing, QueryOptions options) {
    TableWriter writer = TableWriter.append(path, writing);
    Plan fitting;
    try {
      fitting = fitting(plan, writer.schema(), path);
    } catch (RuntimeException e) {
      writer.abort();
      throw e;
    }
    write(fitting, writer, options);
  }

  /** The columns of the plan in the order of the table, which has the same. */
  private static Plan fitting(Plan plan, Schema table, Path path) {
    for (Field field : table) {
      if (plan.schema().size() != table.size() || !plan.schema().fields().contains(field)) {
        throw new TypeMismatchException(
            path.toString(),
            path + " has the columns " + table.fields() + ", not " + plan.schema().fields(),
            "Select, rename or cast the columns before they are appended.");
      }
    }
    return Columns.project(plan, Columns.named(table.names().toArray(String[]::new)));
  }

  private static void write(Plan plan, TableWriter writer, QueryOptions options) {
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
    if (mode == Mode.READ_ONLY || mode == Mode.COPY_ON_WRITE) {
      throw new InvalidQueryException(
          path.toString(),
          "a new table cannot be " + mode,
          "Use Mode.READ_WRITE, or Mode.CREATE to replace what is there.");
    }
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
