package colonnade.engine.exec.expr;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Vector;
import org.jspecify.annotations.Nullable;

/** Keeps rows whose value is not null and passes a range. Codes are compared as they are. */
final class RangePredicate implements BoundPredicate {
  private final BoundExpression input;
  private final Range range;
  private final Kernels kernels;
  private @Nullable NumberCode code;
  private int codeWidthBytes;
  private @Nullable CodeRange codeRange;

  RangePredicate(BoundExpression input, Range range, Kernels kernels) {
    this.input = input;
    this.range = range;
    this.kernels = kernels;
  }

  @Override
  public void narrow(Batch batch, Selection rows) {
    Vector values = input.encoded(batch, rows);
    NumberCode numbers = values.numberCode();
    if (numbers != null) {
      codeRange(numbers, values.codeWidthBytes()).narrow(kernels, values, rows);
      return;
    }
    switch (range) {
      case Range.Longs r ->
          SelectionKernels.range(kernels, values, rows, r.low(), r.high(), r.outside());
      case Range.Doubles r ->
          SelectionKernels.range(kernels, values, rows, r.low(), r.high(), r.outside());
    }
  }

  @Override
  public boolean takesBlock(Batch block) {
    int column = input.column();
    if (column < 0) {
      return false;
    }
    Vector values = block.encoded(column);
    return kernels.masksFast(values.isNumberCoded() ? values.codes().type() : values.type());
  }

  private CodeRange codeRange(NumberCode numbers, int width) {
    CodeRange known = codeRange;
    if (known == null || !numbers.equals(code) || width != codeWidthBytes) {
      known = CodeRange.of(range, numbers, width);
      codeRange = known;
      code = numbers;
      codeWidthBytes = width;
    }
    return known;
  }
}
