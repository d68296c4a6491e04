package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Function;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/** And, or, and exclusive or of two conditions in three-valued logic. */
final class KleeneExpression extends FixedResult {
  private final Function function;
  private final BoundExpression left;
  private final BoundExpression right;

  KleeneExpression(Function function, BoundExpression left, BoundExpression right, Worker worker) {
    super(DataType.BOOL, worker);
    this.function = function;
    this.left = left;
    this.right = right;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector x = left.evaluate(batch, rows);
    Vector y = right.evaluate(batch, rows);
    boolean nulls = x.validity() != null || y.validity() != null;
    MemorySegment valid = nulls ? validity.overwrite() : null;
    MemorySegment a = x.data();
    MemorySegment va = x.validity();
    MemorySegment b = y.data();
    MemorySegment vb = y.validity();
    long ao = x.dataOffset();
    long vao = x.validityOffset();
    long bo = y.dataOffset();
    long vbo = y.validityOffset();
    int n = batch.size();
    Kernels kernels = worker.kernels();
    switch (function) {
      case AND -> kernels.andBool(a, ao, va, vao, b, bo, vb, vbo, n, data, 0, valid, 0);
      case OR -> kernels.orBool(a, ao, va, vao, b, bo, vb, vbo, n, data, 0, valid, 0);
      default -> kernels.xorBool(a, ao, va, vao, b, bo, vb, vbo, n, data, 0, valid, 0);
    }
  }
}
