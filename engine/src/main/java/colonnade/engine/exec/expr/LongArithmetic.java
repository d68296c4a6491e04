package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Sum, difference and product in i64. The loops note overflow of any row; only if there was one are
 * the rows that count looked at again.
 */
final class LongArithmetic extends FixedResult {
  private final Function function;
  private final BoundExpression left;
  private final BoundExpression right;
  private final String text;

  /**
   * {@code left} and {@code right} have 64-bit integers.
   *
   * @param type {@link DataType#I64} or {@link DataType#TIMESTAMP_MICROS}
   * @param text the expression, for messages
   */
  LongArithmetic(
      Function function,
      BoundExpression left,
      BoundExpression right,
      DataType type,
      String text,
      Worker worker) {
    super(type, worker);
    this.function = function;
    this.left = left;
    this.right = right;
    this.text = text;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector a = left.evaluate(batch, rows);
    Vector b = right.evaluate(batch, rows);
    validity.and(a);
    validity.and(b);
    int[] list = denseOrList(rows);
    int n = list == null ? rows.size() : rows.count();
    long overflow;
    if (right instanceof ConstantExpression constant && constant.value() instanceof Long value) {
      overflow = byConstant(a.data(), a.dataOffset(), value, list, n);
    } else if (left instanceof ConstantExpression constant
        && constant.value() instanceof Long value) {
      overflow = ofConstant(value, b.data(), b.dataOffset(), list, n);
    } else {
      overflow = columns(a.data(), a.dataOffset(), b.data(), b.dataOffset(), list, n);
    }
    if (overflow != 0) {
      confirm(a, b, batch, rows);
    }
  }

  private long columns(
      MemorySegment a, long ao, MemorySegment b, long bo, int @Nullable [] list, int n) {
    Kernels kernels = worker.kernels();
    return switch (function) {
      case ADD -> kernels.addI64(a, ao, b, bo, list, n, data, 0);
      case SUBTRACT -> kernels.subtractI64(a, ao, b, bo, list, n, data, 0);
      case MULTIPLY -> kernels.multiplyI64(a, ao, b, bo, list, n, data, 0);
      default -> throw new IllegalStateException(function.label());
    };
  }

  private long byConstant(MemorySegment a, long ao, long b, int @Nullable [] list, int n) {
    Kernels kernels = worker.kernels();
    return switch (function) {
      case ADD -> kernels.addI64(a, ao, b, list, n, data, 0);
      case SUBTRACT -> kernels.subtractI64(a, ao, b, list, n, data, 0);
      case MULTIPLY -> kernels.multiplyI64(a, ao, b, list, n, data, 0);
      default -> throw new IllegalStateException(function.label());
    };
  }

  private long ofConstant(long a, MemorySegment b, long bo, int @Nullable [] list, int n) {
    Kernels kernels = worker.kernels();
    return switch (function) {
      case ADD -> kernels.addI64(a, b, bo, list, n, data, 0);
      case SUBTRACT -> kernels.subtractI64(a, b, bo, list, n, data, 0);
      case MULTIPLY -> kernels.multiplyI64(a, b, bo, list, n, data, 0);
      default -> throw new IllegalStateException(function.label());
    };
  }

  private void confirm(Vector a, Vector b, Batch batch, Selection rows) {
    int[] list = rows.toList();
    for (int k = 0; k < rows.count(); k++) {
      int i = list[k];
      if (!validity.isNull(i)) {
        long x = a.data().get(JAVA_LONG_UNALIGNED, a.dataOffset() + 8L * i);
        long y = b.data().get(JAVA_LONG_UNALIGNED, b.dataOffset() + 8L * i);
        try {
          long _ =
              switch (function) {
                case ADD -> Math.addExact(x, y);
                case SUBTRACT -> Math.subtractExact(x, y);
                default -> Math.multiplyExact(x, y);
              };
        } catch (ArithmeticException e) {
          throw Failures.overflow(text, x + " " + function.label() + " " + y, batch, i);
        }
      }
    }
  }
}
