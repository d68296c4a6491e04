package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Vector;

/** Sum, difference, product and quotient in f64. */
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
    if (right instanceof ConstantExpression constant && constant.value() instanceof Double value) {
      byConstant(a, value, rows);
    } else if (left instanceof ConstantExpression constant
        && constant.value() instanceof Double value) {
      ofConstant(value, b, rows);
    } else {
      switch (function) {
        case ADD -> DoubleLoops.add(a, b, data, rows);
        case SUBTRACT -> DoubleLoops.subtract(a, b, data, rows);
        case MULTIPLY -> DoubleLoops.multiply(a, b, data, rows);
        case DIVIDE -> DoubleLoops.divide(a, b, data, rows);
        default -> throw new IllegalStateException(function.label());
      }
    }
  }

  private void byConstant(Vector a, double b, Selection rows) {
    switch (function) {
      case ADD -> DoubleLoops.addByConstant(a, b, data, rows);
      case SUBTRACT -> DoubleLoops.subtractByConstant(a, b, data, rows);
      case MULTIPLY -> DoubleLoops.multiplyByConstant(a, b, data, rows);
      case DIVIDE -> DoubleLoops.divideByConstant(a, b, data, rows);
      default -> throw new IllegalStateException(function.label());
    }
  }

  private void ofConstant(double a, Vector b, Selection rows) {
    switch (function) {
      case ADD -> DoubleLoops.addConstant(a, b, data, rows);
      case SUBTRACT -> DoubleLoops.subtractConstant(a, b, data, rows);
      case MULTIPLY -> DoubleLoops.multiplyConstant(a, b, data, rows);
      case DIVIDE -> DoubleLoops.divideConstant(a, b, data, rows);
      default -> throw new IllegalStateException(function.label());
    }
  }
}
