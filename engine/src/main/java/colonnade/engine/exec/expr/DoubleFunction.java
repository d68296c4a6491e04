package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/** The functions of one f64 that have an exact result, so that a kernel may compute them. */
final class DoubleFunction extends FixedResult {
  private final Function function;
  private final BoundExpression input;

  /** {@code input} is f64. */
  DoubleFunction(Function function, BoundExpression input, Worker worker) {
    super(DataType.F64, worker);
    this.function = function;
    this.input = input;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector from = input.evaluate(batch, rows);
    validity.and(from);
    MemorySegment a = from.data();
    long ao = from.dataOffset();
    int[] list = denseOrList(rows);
    int n = list == null ? rows.size() : rows.count();
    Kernels kernels = worker.kernels();
    switch (function) {
      case NEGATE -> kernels.negateF64(a, ao, list, n, data, 0);
      case ABSOLUTE -> kernels.absF64(a, ao, list, n, data, 0);
      case SIGN -> kernels.signF64(a, ao, list, n, data, 0);
      case SQRT -> kernels.sqrtF64(a, ao, list, n, data, 0);
      case FLOOR -> kernels.floorF64(a, ao, list, n, data, 0);
      case CEIL -> kernels.ceilF64(a, ao, list, n, data, 0);
      case TRUNCATE -> kernels.truncateF64(a, ao, list, n, data, 0);
      default -> throw new IllegalStateException(function.label());
    }
  }
}
