package colonnade.engine.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The odd ends of bitmaps: last words that are not full, and single bits. */
final class Bits {
  private Bits() {}

  /**
   * The last, partial word of {@code n} rows, read byte by byte; bits beyond row n - 1 are zero.
   */
  static long tail(MemorySegment bits, long offset, int n) {
    int first = n >> 6 << 3;
    int end = (n + 7) >> 3;
    long word = 0;
    for (int b = first; b < end; b++) {
      word |= (bits.get(Layouts.I8, offset + b) & 0xffL) << (b - first << 3);
    }
    return word & ((1L << n) - 1);
  }

  /** Writes the last, partial word of {@code n} rows byte by byte. */
  static void storeTail(long word, MemorySegment out, long offset, int n) {
    int first = n >> 6 << 3;
    int end = (n + 7) >> 3;
    long kept = word & ((1L << n) - 1);
    for (int b = first; b < end; b++) {
      out.set(Layouts.I8, offset + b, (byte) (kept >>> (b - first << 3)));
    }
  }

  /** Sets one bit to 0 or 1. */
  static void put(MemorySegment out, long offset, long index, int bit) {
    long at = offset + (index >> 3);
    int shift = (int) (index & 7);
    int old = out.get(Layouts.I8, at);
    out.set(Layouts.I8, at, (byte) (old & ~(1 << shift) | bit << shift));
  }

  /** Bits of up to 64 boolean bytes, 0 or 1, from row {@code first} on; beyond row n - 1 zero. */
  static long pack(MemorySegment bools, long offset, int first, int n) {
    long at = offset + first;
    int rows = Math.min(64, n - first);
    long word = 0;
    int k = 0;
    for (; k + 8 <= rows; k += 8) {
      word |= (bools.get(Layouts.I64, at + k) * 0x0102040810204080L >>> 56) << k;
    }
    for (; k < rows; k++) {
      word |= (long) bools.get(Layouts.I8, at + k) << k;
    }
    return word;
  }

  /** Up to 64 boolean bytes from bits; the reverse of {@link #pack}. */
  static void unpack(long word, MemorySegment out, long offset, int first, int n) {
    long at = offset + first;
    int rows = Math.min(64, n - first);
    int k = 0;
    for (; k + 8 <= rows; k += 8) {
      long spread = (word >>> k & 0xff) * 0x0101010101010101L & 0x8040201008040201L;
      out.set(Layouts.I64, at + k, spread + 0x7f7f7f7f7f7f7f7fL >>> 7 & 0x0101010101010101L);
    }
    for (; k < rows; k++) {
      out.set(Layouts.I8, at + k, (byte) (word >>> k & 1));
    }
  }

  /** The word of a bitmap with the rows from {@code first} on; all ones if there is no bitmap. */
  static long word(@Nullable MemorySegment bits, long offset, int first, int n) {
    if (bits == null) {
      return -1L;
    }
    return first + 64 <= n ? bits.get(Layouts.I64, offset + (first >> 3)) : tail(bits, offset, n);
  }

  /** Writes the word of a bitmap with the rows from {@code first} on. */
  static void storeWord(long word, MemorySegment out, long offset, int first, int n) {
    if (first + 64 <= n) {
      out.set(Layouts.I64, offset + (first >> 3), word);
    } else {
      storeTail(word, out, offset, n);
    }
  }
}
