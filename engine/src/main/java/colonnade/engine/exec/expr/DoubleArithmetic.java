package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The arithmetic of two f64: one operation of IEEE 754 a row. */
final class DoubleArithmetic extends FixedResult {
  private final Function function;
  private final BoundExpression left;
  private final BoundExpression right;

  /** {@code left} and {@code right} are f64. */
  DoubleArithmetic(Function function, BoundExpression left, BoundExpression right, Worker worker) {
    super(DataType.F64, worker);
    this.function = function;
    this.left = left;
    this.right = right;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector a = left.evaluate(batch, rows);
    Vector b = right.evaluate(batch, rows);
    validity.and(a);
    validity.and(b);
    int[] list = denseOrList(rows);
    int n = list == null ? rows.size() : rows.count();
    if (right instanceof ConstantExpression constant && constant.value() instanceof Double value) {
      byConstant(a.data(), a.dataOffset(), value, list, n);
    } else if (left instanceof ConstantExpression constant
        && constant.value() instanceof Double value) {
      ofConstant(value, b.data(), b.dataOffset(), list, n);
    } else {
      columns(a.data(), a.dataOffset(), b.data(), b.dataOffset(), list, n);
    }
  }

  private void columns(
      MemorySegment a, long ao, MemorySegment b, long bo, int @Nullable [] list, int n) {
    Kernels kernels = worker.kernels();
    switch (function) {
      case ADD -> kernels.addF64(a, ao, b, bo, list, n, data, 0);
      case SUBTRACT -> kernels.subtractF64(a, ao, b, bo, list, n, data, 0);
      case MULTIPLY -> kernels.multiplyF64(a, ao, b, bo, list, n, data, 0);
      case DIVIDE -> kernels.divideF64(a, ao, b, bo, list, n, data, 0);
      case FLOOR_DIVIDE -> kernels.floorDivideF64(a, ao, b, bo, list, n, data, 0);
      case REMAINDER -> kernels.remainderF64(a, ao, b, bo, list, n, data, 0);
      default -> throw new IllegalStateException(function.label());
    }
  }

  private void byConstant(MemorySegment a, long ao, double b, int @Nullable [] list, int n) {
    Kernels kernels = worker.kernels();
    switch (function) {
      case ADD -> kernels.addF64(a, ao, b, list, n, data, 0);
      case SUBTRACT -> kernels.subtractF64(a, ao, b, list, n, data, 0);
      case MULTIPLY -> kernels.multiplyF64(a, ao, b, list, n, data, 0);
      case DIVIDE -> kernels.divideF64(a, ao, b, list, n, data, 0);
      case FLOOR_DIVIDE -> kernels.floorDivideF64(a, ao, b, list, n, data, 0);
      case REMAINDER -> kernels.remainderF64(a, ao, b, list, n, data, 0);
      default -> throw new IllegalStateException(function.label());
    }
  }

  private void ofConstant(double a, MemorySegment b, long bo, int @Nullable [] list, int n) {
    Kernels kernels = worker.kernels();
    switch (function) {
      case ADD -> kernels.addF64(a, b, bo, list, n, data, 0);
      case SUBTRACT -> kernels.subtractF64(a, b, bo, list, n, data, 0);
      case MULTIPLY -> kernels.multiplyF64(a, b, bo, list, n, data, 0);
      case DIVIDE -> kernels.divideF64(a, b, bo, list, n, data, 0);
      case FLOOR_DIVIDE -> kernels.floorDivideF64(a, b, bo, list, n, data, 0);
      case REMAINDER -> kernels.remainderF64(a, b, bo, list, n, data, 0);
      default -> throw new IllegalStateException(function.label());
    }
  }
}
