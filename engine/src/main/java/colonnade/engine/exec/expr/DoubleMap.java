package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/** A function or a test of one f64, applied to the rows that are kept. */
final class DoubleMap {
  private DoubleMap() {}

  /** {@code function} of {@code input}, which is f64. */
  static BoundExpression function(
      BoundExpression input, DoubleUnaryOperator function, Worker worker) {
    return new FixedResult(DataType.F64, worker) {
      @Override
      void compute(Batch batch, Selection rows) {
        Vector from = input.evaluate(batch, rows);
        validity.and(from);
        int[] list = rows.listOrNull();
        for (int k = 0; k < rows.count(); k++) {
          int i = list == null ? k : list[k];
          double x = from.data().get(JAVA_DOUBLE_UNALIGNED, from.dataOffset() + 8L * i);
          data.set(JAVA_DOUBLE, 8L * i, function.applyAsDouble(x));
        }
      }
    };
  }

  /** {@code test} of {@code input}, which is f64. */
  static BoundExpression test(BoundExpression input, DoublePredicate test, Worker worker) {
    return new FixedResult(DataType.BOOL, worker) {
      @Override
      void compute(Batch batch, Selection rows) {
        Vector from = input.evaluate(batch, rows);
        validity.and(from);
        int[] list = rows.listOrNull();
        for (int k = 0; k < rows.count(); k++) {
          int i = list == null ? k : list[k];
          double x = from.data().get(JAVA_DOUBLE_UNALIGNED, from.dataOffset() + 8L * i);
          data.set(JAVA_BYTE, i, (byte) (test.test(x) ? 1 : 0));
        }
      }
    };
  }
}
