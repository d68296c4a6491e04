package colonnade.engine.exec.agg;

import colonnade.engine.kernel.Accumulators;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;

/** The exact sum of the integers of all rows, in 128 bits, for {@code sum} and {@code mean}. */
final class SingleIntegerSum extends Sum {
  private final ValueCounts counts;
  private final long[] total = new long[2];

  SingleIntegerSum(ValueCounts counts) {
    this.counts = counts;
  }

  @Override
  void resize(int capacity) {}

  @Override
  void update(ArgumentValues values) {
    Vector vector = values.vector();
    NumberCode code = vector.numberCode();
    if (code != null) {
      // The sum of all that the codes count from, and then that of the codes.
      long base = code.base();
      Accumulators.add(base * values.count, Math.multiplyHigh(base, (long) values.count), total);
      vector = vector.codes();
    }
    MemorySegment data = vector.data();
    long offset = vector.dataOffset();
    Kernels kernels = values.kernels();
    int[] rows = values.rows;
    int count = values.count;
    switch (vector.type()) {
      case I8 -> Accumulators.add(kernels.sumI8(data, offset, rows, count), total);
      case U8 -> Accumulators.add(kernels.sumU8(data, offset, rows, count), total);
      case I16 -> Accumulators.add(kernels.sumI16(data, offset, rows, count), total);
      case U16 -> Accumulators.add(kernels.sumU16(data, offset, rows, count), total);
      case I32 -> Accumulators.add(kernels.sumI32(data, offset, rows, count), total);
      case U32 -> Accumulators.add(kernels.sumU32(data, offset, rows, count), total);
      case I64 -> kernels.sumI64(data, offset, rows, count, total);
      default -> throw new IllegalStateException("no integers in a vector of " + vector.type());
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    if (count > 0) {
      long[] other = ((SingleIntegerSum) next).total;
      Accumulators.add(other[0], other[1], total);
    }
  }

  @Override
  void write(boolean mean, String label, int[] groups, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      long present = counts.count(0);
      if (present == 0) {
        out.setNull(i);
      } else if (mean) {
        out.setDouble(i, Accumulators.toDouble(total) / present);
      } else if (Accumulators.fitsI64(total)) {
        out.setLong(i, total[0]);
      } else {
        BigInteger low = new BigInteger(Long.toUnsignedString(total[0]));
        throw IntegerSum.overflow(label, BigInteger.valueOf(total[1]).shiftLeft(64).add(low));
      }
    }
  }
}
