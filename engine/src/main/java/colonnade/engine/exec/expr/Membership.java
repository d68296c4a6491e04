package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Vector;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value of fixed width is one of some constants. Codes of numbers are compared as they
 * are: the constants become codes once. Works as a value and, without making the values, as a
 * predicate.
 */
final class Membership extends FixedResult {
  private final BoundExpression input;
  private final List<Range> constants;
  private final Selection holding = new Selection();
  private @Nullable Members members;
  private @Nullable NumberCode code;
  private int codeWidthBytes;

  /**
   * A test.
   *
   * @param constants what "equals" comes to for each constant in the type of {@code input}
   */
  Membership(BoundExpression input, List<Range> constants, Worker worker) {
    super(DataType.BOOL, worker);
    this.input = input;
    this.constants = List.copyOf(constants);
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector values = input.encoded(batch, rows);
    validity.and(values);
    if (isDense(rows)) {
      holding.setAll(batch.size());
    } else {
      holding.copyFrom(rows);
    }
    members(values).narrow(worker.kernels(), values.withValidity(null, 0), holding, false);
    worker.kernels().storeBools(holding.toBitmap(), batch.size(), data, 0);
  }

  /** Keeps the rows, none of them null, for which this is {@code wanted}. */
  void narrow(Batch batch, Selection rows, boolean wanted) {
    Vector values = input.encoded(batch, rows);
    Kernels kernels = worker.kernels();
    SelectionKernels.dropNulls(kernels, values, rows);
    members(values).narrow(kernels, values.withValidity(null, 0), rows, !wanted);
  }

  private Members members(Vector values) {
    Members known = members;
    NumberCode numbers = values.numberCode();
    int width = values.codeWidthBytes();
    if (known == null || width != codeWidthBytes || !Objects.equals(numbers, code)) {
      known = Members.of(constants, values);
      members = known;
      code = numbers;
      codeWidthBytes = width;
    }
    return known;
  }
}
