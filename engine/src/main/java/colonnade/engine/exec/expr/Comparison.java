package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/**
 * A comparison of two columns of 64-bit integers, or of two of f64. IEEE 754: with NaN all but "not
 * equal" are false. Works as a value and, without making the values, as a predicate.
 */
final class Comparison extends FixedResult {
  private final Function test;
  private final boolean negated;
  private final BoundExpression left;
  private final BoundExpression right;
  private final Selection holding = new Selection();

  /**
   * A comparison.
   *
   * @param test equal, less, or less or equal
   * @param negated whether the rows where {@code test} fails are wanted, NaN too
   */
  private Comparison(
      Function test, boolean negated, BoundExpression left, BoundExpression right, Worker worker) {
    super(DataType.BOOL, worker);
    this.test = test;
    this.negated = negated;
    this.left = left;
    this.right = right;
  }

  /** A comparison of {@code left} and {@code right}, both of 64-bit integers or both of f64. */
  static Comparison of(
      Function function, BoundExpression left, BoundExpression right, Worker worker) {
    return switch (function) {
      case GREATER -> new Comparison(Function.LESS, false, right, left, worker);
      case GREATER_OR_EQUAL -> new Comparison(Function.LESS_OR_EQUAL, false, right, left, worker);
      case NOT_EQUAL -> new Comparison(Function.EQUAL, true, left, right, worker);
      default -> new Comparison(function, false, left, right, worker);
    };
  }

  /** The comparison that holds for (b, a) where {@code function} holds for (a, b). */
  static Function swapped(Function function) {
    return switch (function) {
      case LESS -> Function.GREATER;
      case LESS_OR_EQUAL -> Function.GREATER_OR_EQUAL;
      case GREATER -> Function.LESS;
      case GREATER_OR_EQUAL -> Function.LESS_OR_EQUAL;
      default -> function;
    };
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector a = left.evaluate(batch, rows);
    Vector b = right.evaluate(batch, rows);
    validity.and(a);
    validity.and(b);
    if (isDense(rows)) {
      holding.setAll(batch.size());
    } else {
      holding.copyFrom(rows);
    }
    select(a, b, negated, holding);
    worker.kernels().storeBools(holding.toBitmap(), batch.size(), data, 0);
  }

  /** Keeps the rows, none of them null, for which this is {@code wanted}. */
  void narrow(Batch batch, Selection rows, boolean wanted) {
    Vector a = left.evaluate(batch, rows);
    Vector b = right.evaluate(batch, rows);
    SelectionKernels.dropNulls(worker.kernels(), a, rows);
    SelectionKernels.dropNulls(worker.kernels(), b, rows);
    select(a, b, negated == wanted, rows);
  }

  private void select(Vector left, Vector right, boolean negate, Selection rows) {
    Kernels kernels = worker.kernels();
    MemorySegment a = left.data();
    MemorySegment b = right.data();
    long ao = left.dataOffset();
    long bo = right.dataOffset();
    int n = rows.count();
    int[] in = rows.listOrNull();
    int[] out = rows.rows();
    boolean floating = this.left.type() == DataType.F64;
    int kept =
        switch (test) {
          case EQUAL ->
              floating
                  ? kernels.selectEqualF64(a, ao, b, bo, negate, in, n, out)
                  : kernels.selectEqualI64(a, ao, b, bo, negate, in, n, out);
          case LESS ->
              floating
                  ? kernels.selectLessF64(a, ao, b, bo, negate, in, n, out)
                  : kernels.selectLessI64(a, ao, b, bo, negate, in, n, out);
          default ->
              floating
                  ? kernels.selectLessOrEqualF64(a, ao, b, bo, negate, in, n, out)
                  : kernels.selectLessOrEqualI64(a, ao, b, bo, negate, in, n, out);
        };
    rows.setList(rows.size(), kept);
  }
}
