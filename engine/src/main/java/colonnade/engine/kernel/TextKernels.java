package colonnade.engine.kernel;

import java.lang.foreign.MemorySegment;

/** Searches bytes for bytes. */
public interface TextKernels {
  /**
   * The first place, at {@code from} or after it, where {@code wanted} begins and ends before
   * {@code to}; -1 if there is none.
   *
   * @param wanted one byte at least
   */
  default long find(MemorySegment bytes, long from, long to, byte[] wanted) {
    int more = wanted.length - 1;
    long end = to - more;
    long first = (wanted[0] & 0xff) * Swar.ONES;
    long last = (wanted[more] & 0xff) * Swar.ONES;
    long at = from;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long different =
          bytes.get(Layouts.I64, at) ^ first | bytes.get(Layouts.I64, at + more) ^ last;
      long places = different - Swar.ONES & ~different & Swar.HIGH_BITS;
      for (; places != 0; places &= places - 1) {
        long place = at + (Long.numberOfTrailingZeros(places) >> 3);
        if (SearchBytes.isAt(bytes, place, wanted)) {
          return place;
        }
      }
    }
    for (; at < end; at++) {
      if (SearchBytes.isAt(bytes, at, wanted)) {
        return at;
      }
    }
    return -1;
  }
}
