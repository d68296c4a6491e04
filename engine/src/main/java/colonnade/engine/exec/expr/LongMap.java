package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.function.LongUnaryOperator;

/**
 * A function of one 64-bit integer, applied to the rows that are kept and not null. The function
 * throws {@link ArithmeticException} for a value it cannot map.
 */
final class LongMap extends FixedResult {
  private final BoundExpression input;
  private final LongUnaryOperator function;
  private final Failures.Kind failure;
  private final String text;
  private final long[] results;

  /**
   * A function of {@code input}, which has 64-bit integers.
   *
   * @param type the integral type of the results, which fit it
   * @param text the expression, for messages
   */
  LongMap(
      BoundExpression input,
      DataType type,
      LongUnaryOperator function,
      Failures.Kind failure,
      String text,
      Worker worker) {
    super(type, worker);
    this.input = input;
    this.function = function;
    this.failure = failure;
    this.text = text;
    this.results = new long[worker.batchRows()];
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector from = input.evaluate(batch, rows);
    validity.and(from);
    MemorySegment a = from.data();
    long offset = from.dataOffset();
    int[] list = rows.listOrNull();
    int n = rows.count();
    boolean nulls = validity.segment() != null;
    int k = 0;
    try {
      for (; k < n; k++) {
        int i = list == null ? k : list[k];
        long x = a.get(JAVA_LONG_UNALIGNED, offset + 8L * i);
        results[k] = nulls && validity.isNull(i) ? 0 : function.applyAsLong(x);
      }
    } catch (ArithmeticException e) {
      int i = list == null ? k : list[k];
      long x = a.get(JAVA_LONG_UNALIGNED, offset + 8L * i);
      throw failure.at(text, Long.toString(x), batch, i);
    }
    FixedWidthLoops.store(results, type().widthBytes(), list, n, data);
  }
}
