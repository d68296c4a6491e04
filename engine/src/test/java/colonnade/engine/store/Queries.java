package colonnade.engine.store;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.Executor;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.SnapshotSource;
import colonnade.engine.plan.AggregateFunction;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.plan.SortKey;
import java.util.List;

/** What a user may ask of a table without verifying it first; each column is read in many ways. */
public final class Queries {
  private static final QueryOptions OPTIONS =
      QueryOptions.defaults().withThreads(1).withMemoryLimitBytes(64 << 20);

  private Queries() {}

  /** Reads all columns, and asks of one what users ask; reads all results. */
  public static void run(Snapshot snapshot, int c) {
    Plan scan = Plan.Scan.of(new SnapshotSource(snapshot));
    read(scan);
    Schema schema = snapshot.schema();
    Expression column = new Expression.Column(schema.name(c));
    Named key = new Named("key", column);
    Named count = new Named("count", aggregate(AggregateFunction.COUNT));
    read(Plan.Aggregate.of(scan, List.of(key), List.of(count)));
    Named least = new Named("least", aggregate(AggregateFunction.MIN, column));
    read(Plan.Aggregate.of(scan, List.of(), List.of(least)));
    Plan sorted = Plan.Sort.of(scan, List.of(new SortKey(column, false, false)));
    read(Plan.Limit.of(sorted, 0, 5));
    if (schema.type(c) == DataType.UTF8) {
      Expression word = new Expression.Literal(DataType.UTF8, "b");
      read(Plan.Filter.of(scan, call(Function.CONTAINS, column, word)));
      read(Plan.Filter.of(scan, call(Function.LESS, column, word)));
      read(Plan.Project.of(scan, List.of(new Named("upper", call(Function.UPPER, column)))));
      read(Plan.Project.of(scan, List.of(new Named("length", call(Function.LENGTH, column)))));
    }
  }

  private static Expression call(Function function, Expression... arguments) {
    return new Expression.Call(function, List.of(arguments));
  }

  private static Expression aggregate(AggregateFunction function, Expression... arguments) {
    return new Expression.Aggregate(function, List.of(arguments), 0);
  }

  private static void read(Plan plan) {
    try (MemoryTable result = Executor.collect(plan, OPTIONS)) {
      for (MemoryTable.Rows rows : result.blocks()) {
        for (Vector vector : rows.vectors()) {
          Vectors.values(vector, rows.rowCount());
        }
      }
    }
  }
}
