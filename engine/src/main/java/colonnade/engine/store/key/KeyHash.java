package colonnade.engine.store.key;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** The hash of a key, as index files hold it: it belongs to the format and never changes. */
final class KeyHash {
  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  private KeyHash() {}

  /** Of an integer, a date or a timestamp, widened to 64 bits: SplitMix64's mixing function. */
  static long of(long key) {
    long z = (key ^ key >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** Of bytes: eight at a time, little-endian, the rest filled up with zeros, then the length. */
  static long of(MemorySegment bytes, long start, long end) {
    long hash = 0;
    long at = start;
    for (; at + 8 <= end; at += 8) {
      hash = add(hash, bytes.get(JAVA_LONG_UNALIGNED, at));
    }
    long last = 0;
    for (int shift = 0; at < end; at++, shift += 8) {
      last |= (bytes.get(JAVA_BYTE, at) & 0xffL) << shift;
    }
    return of(add(add(hash, last), end - start));
  }

  private static long add(long hash, long word) {
    long mixed = (hash ^ word) * FACTOR;
    return mixed ^ mixed >>> 32;
  }
}
