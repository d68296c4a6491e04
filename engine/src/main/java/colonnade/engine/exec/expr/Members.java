package colonnade.engine.exec.expr;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Vector;
import java.util.List;
import java.util.stream.LongStream;

/** Constants in the layout of the vectors that they are looked up in. Belongs to one worker. */
sealed interface Members permits DoubleMembers, IntegerMembers {
  /**
   * With more constants than this, or more runs of adjacent integers, a look-up per row costs less
   * than a SIMD pass for each.
   */
  int FEW = 8;

  /** Fewer kept rows than one in this many are looked up one by one. */
  int SPARSE = 32;

  /** Keeps rows whose value is among these, or the others if {@code negate}; no row is null. */
  void narrow(Kernels kernels, Vector values, Selection rows, boolean negate);

  /** The values in {@code ranges}, each of one value or none, for vectors like {@code values}. */
  static Members of(List<Range> ranges, Vector values) {
    NumberCode numbers = values.numberCode();
    if (numbers != null) {
      LongStream codes =
          ranges.stream()
              .map(range -> CodeRange.of(range, numbers, values.codeWidthBytes()))
              .flatMapToLong(range -> LongStream.rangeClosed(range.low(), range.high()));
      return new IntegerMembers(codes.sorted().distinct().toArray(), values.codes().type());
    }
    if (values.type().isFloating()) {
      // Adding 0.0 makes -0.0 positive; NaN is never a constant here, and so never found.
      return new DoubleMembers(
          ranges.stream()
              .map(range -> (Range.Doubles) range)
              .filter(range -> range.low() <= range.high())
              .mapToDouble(range -> range.low() + 0.0)
              .distinct()
              .toArray());
    }
    return new IntegerMembers(
        ranges.stream()
            .map(range -> (Range.Longs) range)
            .filter(range -> !range.isEmpty())
            .mapToLong(Range.Longs::low)
            .sorted()
            .distinct()
            .toArray(),
        values.type());
  }

  /** Whether so many SIMD passes cost less than to look up each kept row. */
  static boolean takesPasses(int passes, boolean masksFast, Selection rows) {
    return passes <= FEW && masksFast && rows.count() * SPARSE >= rows.size();
  }
}
