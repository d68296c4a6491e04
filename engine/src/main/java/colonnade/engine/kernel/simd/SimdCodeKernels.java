package colonnade.engine.kernel.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.NE;

import colonnade.engine.kernel.Kernels;
import colonnade.engine.kernel.Layouts;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;

/**
 * Bitmaps of codes of one byte by a table in registers: four of 64 bytes, of which the upper two
 * bits of a code choose one. With shorter vectors that does not pay, and the scalar loop runs.
 */
interface SimdCodeKernels extends Kernels {
  @Override
  default void maskCodesU8(MemorySegment codes, long offset, byte[] table, int n, long[] words) {
    if (n > 0) {
      CatchableFault.in(codes, offset);
    }
    if (Species.I8.length() != 64) {
      Kernels.super.maskCodesU8(codes, offset, table, n, words);
      return;
    }
    int length = table.length;
    var first = ByteVector.fromArray(Species.I8, table, 0, Species.I8.indexInRange(0, length));
    var second = ByteVector.fromArray(Species.I8, table, 64, Species.I8.indexInRange(64, length));
    var third = ByteVector.fromArray(Species.I8, table, 128, Species.I8.indexInRange(128, length));
    var last = ByteVector.fromArray(Species.I8, table, 192, Species.I8.indexInRange(192, length));
    int full = n >> 6;
    for (int w = 0; w < full; w++) {
      var x = ByteVector.fromMemorySegment(Species.I8, codes, offset + 64L * w, LITTLE_ENDIAN);
      var odd = x.and((byte) 64).compare(NE, 0);
      var upper = x.lt((byte) 0);
      var at = x.and((byte) 63);
      var low = at.selectFrom(first).blend(at.selectFrom(second), odd);
      var high = at.selectFrom(third).blend(at.selectFrom(last), odd);
      words[w] &= low.blend(high, upper).compare(NE, 0).toLong();
    }
    if ((n & 63) != 0) {
      long bits = 0;
      for (int i = full << 6; i < n; i++) {
        bits |= (long) table[codes.get(Layouts.U8, offset + i) & 0xff] << i;
      }
      words[full] &= bits;
    }
  }
}
