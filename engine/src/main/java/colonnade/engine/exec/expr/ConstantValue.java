package colonnade.engine.exec.expr;

import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Expression;
import colonnade.engine.store.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions without columns, computed at once, by the code that computes them for rows. */
public final class ConstantValue {
  private static final int BATCH_ROWS = 64;
  private static final Schema NO_COLUMNS = new Schema(List.of());

  private ConstantValue() {}

  /**
   * The value of {@code expression}, of its type.
   *
   * @param expression has a type and neither columns nor aggregates
   * @throws colonnade.error.ComputationException if it has no value
   */
  public static Expression.Literal of(Expression expression) {
    QueryOptions options = QueryOptions.defaults().withBatchRows(BATCH_ROWS).withSimd(false);
    try (QueryContext context = new QueryContext(options)) {
      Worker worker = new Worker(context, Kernels.scalar());
      BoundExpression bound = Binder.bind(expression, NO_COLUMNS, worker);
      Batch row = new Batch(0);
      row.reset(0, 1);
      return new Expression.Literal(bound.type(), value(bound.evaluate(row, row.selection())));
    }
  }

  private static @Nullable Object value(Vector vector) {
    if (vector.isNull(0)) {
      return null;
    }
    return switch (vector.type()) {
      case F32, F64 -> vector.doubleAt(0);
      case BOOL -> vector.longAt(0) != 0;
      case UTF8 -> vector.textAt(0);
      case BINARY -> vector.bytesAt(0);
      case I8, I16, I32, I64, U8, U16, U32, DATE, TIMESTAMP_MICROS -> vector.longAt(0);
    };
  }
}
