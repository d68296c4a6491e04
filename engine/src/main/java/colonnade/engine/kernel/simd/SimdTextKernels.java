package colonnade.engine.kernel.simd;

import colonnade.engine.kernel.Kernels;
import colonnade.engine.kernel.SearchBytes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;

/**
 * Searches a vector of places at a time for the first and the last byte wanted, and looks closer
 * where both are found.
 */
interface SimdTextKernels extends Kernels {
  @Override
  default long find(MemorySegment bytes, long from, long to, byte[] wanted) {
    if (from < to) {
      CatchableFault.in(bytes, from);
    }
    int more = wanted.length - 1;
    int lanes = Species.I8.length();
    byte first = wanted[0];
    byte last = wanted[more];
    long end = to - more - lanes;
    long at = from;
    for (; at <= end; at += lanes) {
      var firsts = ByteVector.fromMemorySegment(Species.I8, bytes, at, ByteOrder.LITTLE_ENDIAN);
      var lasts =
          ByteVector.fromMemorySegment(Species.I8, bytes, at + more, ByteOrder.LITTLE_ENDIAN);
      long places = firsts.eq(first).and(lasts.eq(last)).toLong();
      for (; places != 0; places &= places - 1) {
        long place = at + Long.numberOfTrailingZeros(places);
        if (SearchBytes.isAt(bytes, place, wanted)) {
          return place;
        }
      }
    }
    return Kernels.super.find(bytes, at, to, wanted);
  }
}
