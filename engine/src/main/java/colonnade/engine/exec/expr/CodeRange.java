package colonnade.engine.exec.expr;

import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Vector;

/**
 * A {@link Range} as the range of codes whose values lie in it, so that nothing has to be decoded.
 * Exact: values never fall as codes grow, and the ends are found by comparing values. An immutable
 * value.
 *
 * @param low the first code in the range; one more than {@code high}, or greater, if there is none
 * @param high the last code in the range
 * @param greatest the greatest code of its width
 */
record CodeRange(long low, long high, long greatest, boolean outside) {
  /** The range for the codes of {@code values}, which are codes of numbers. */
  static CodeRange of(Range range, NumberCode code, int codeWidthBytes) {
    long greatest = NumberCode.greatestCode(codeWidthBytes);
    return switch (range) {
      case Range.Longs r ->
          new CodeRange(
              first(code, r.low(), greatest),
              r.high() < Long.MAX_VALUE ? first(code, r.high() + 1, greatest) - 1 : greatest,
              greatest,
              r.outside());
      case Range.Doubles r ->
          new CodeRange(
              first(code, r.low(), false, greatest),
              first(code, r.high(), true, greatest) - 1,
              greatest,
              r.outside());
    };
  }

  /** The first code for at least {@code value}; one more than the greatest if there is none. */
  private static long first(NumberCode code, long value, long greatest) {
    if (value <= code.base()) {
      return 0;
    }
    long above = value - code.base();
    return Long.compareUnsigned(above, greatest) > 0 ? greatest + 1 : above;
  }

  /** The first code for at least, or for more than, {@code value}. */
  private static long first(NumberCode code, double value, boolean more, long greatest) {
    long from = 0;
    long to = greatest + 1;
    while (from < to) {
      long middle = (from + to) >>> 1;
      double x = code.doubleOf(middle);
      if (more ? x > value : x >= value) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /** Keeps rows that are not null and pass. */
  void narrow(Kernels kernels, Vector values, Selection rows) {
    boolean none = low > high;
    boolean all = low == 0 && high == greatest;
    if (none || all) {
      if (all != outside) {
        SelectionKernels.dropNulls(kernels, values, rows);
      } else {
        rows.setList(rows.size(), 0);
      }
      return;
    }
    SelectionKernels.range(kernels, values.codes(), rows, low, high, outside);
  }
}
