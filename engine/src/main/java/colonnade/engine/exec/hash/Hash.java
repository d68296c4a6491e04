package colonnade.engine.exec.hash;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * The hash functions of keys: the same in every process, so that what is ordered by a hash is
 * ordered alike in every run. Upper and lower bits are equally good.
 */
public final class Hash {
  private static final long SEED = 0x9e3779b97f4a7c15L;

  private Hash() {}

  /** The hash of a cell: the finalizer of MurmurHash3, a bijection. */
  public static long of(long cell) {
    long h = (cell ^ cell >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return h ^ h >>> 33;
  }

  /** The hash of a row whose earlier columns have the hash {@code left}. */
  public static long combine(long left, long right) {
    return of(left * 31 + right);
  }

  /** The hash of bytes. */
  public static long of(MemorySegment bytes, long start, int length) {
    long h = SEED ^ length;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      h = step(h, bytes.get(JAVA_LONG_UNALIGNED, start + i));
    }
    if (i + 4 <= length) {
      h = step(h, bytes.get(JAVA_INT_UNALIGNED, start + i));
      i += 4;
    }
    long tail = 0;
    for (; i < length; i++) {
      tail = tail << 8 | bytes.get(JAVA_BYTE, start + i) & 0xff;
    }
    return of(step(h, tail));
  }

  private static long step(long h, long word) {
    long x = (h ^ word) * 0x9fb21c651e98df25L;
    return x ^ x >>> 32;
  }
}
