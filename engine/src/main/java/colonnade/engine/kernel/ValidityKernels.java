package colonnade.engine.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Loops over validity bitmaps. Row {@code i} of a bitmap at byte {@code offset} is bit {@code i %
 * 8} of byte {@code offset + i / 8}; set means present. Bitmaps are read and written in whole bytes
 * up to the byte of the last row and never beyond it; bits of a written last byte that belong to no
 * row are zero.
 */
public interface ValidityKernels {
  /**
   * Writes the rows that are present, or null if {@code negate}; {@code out} may be {@code rows}.
   */
  default int selectValid(
      MemorySegment validity,
      long offset,
      boolean negate,
      int @Nullable [] rows,
      int n,
      int[] out) {
    int flip = negate ? 1 : 0;
    int kept = 0;
    if (rows == null) {
      for (int i = 0; i < n; i++) {
        out[kept] = i;
        kept += (validity.get(Layouts.I8, offset + (i >> 3)) >> (i & 7) & 1) ^ flip;
      }
    } else {
      for (int k = 0; k < n; k++) {
        int i = rows[k];
        out[kept] = i;
        kept += (validity.get(Layouts.I8, offset + (i >> 3)) >> (i & 7) & 1) ^ flip;
      }
    }
    return kept;
  }

  /** Clears the bits of the rows that are null, or present if {@code negate}. */
  default void maskValid(MemorySegment validity, long offset, boolean negate, int n, long[] words) {
    long flip = negate ? -1L : 0L;
    int full = n >> 6;
    for (int w = 0; w < full; w++) {
      words[w] &= validity.get(Layouts.I64, offset + 8L * w) ^ flip;
    }
    if ((n & 63) != 0) {
      words[full] &= Bits.tail(validity, offset, n) ^ flip;
    }
  }

  /** Copies the bits of {@code n} rows to words; bits beyond the last row become zero. */
  default void loadBits(MemorySegment bits, long offset, int n, long[] words) {
    int full = n >> 6;
    for (int w = 0; w < full; w++) {
      words[w] = bits.get(Layouts.I64, offset + 8L * w);
    }
    if ((n & 63) != 0) {
      words[full] = Bits.tail(bits, offset, n);
    }
  }

  /** Copies the bits of {@code n} rows from words to a bitmap. */
  default void storeBits(long[] words, int n, MemorySegment out, long outOffset) {
    int full = n >> 6;
    for (int w = 0; w < full; w++) {
      out.set(Layouts.I64, outOffset + 8L * w, words[w]);
    }
    if ((n & 63) != 0) {
      Bits.storeTail(words[full], out, outOffset, n);
    }
  }

  /** The number of rows that are present. */
  default int countValid(MemorySegment validity, long offset, int n) {
    int count = 0;
    int full = n >> 6;
    for (int w = 0; w < full; w++) {
      count += Long.bitCount(validity.get(Layouts.I64, offset + 8L * w));
    }
    return (n & 63) == 0 ? count : count + Long.bitCount(Bits.tail(validity, offset, n));
  }

  /** Rows present in both; {@code out} may be {@code a} or {@code b}. */
  default void andValidity(
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      int n,
      MemorySegment out,
      long outOffset) {
    int full = n >> 6;
    for (int w = 0; w < full; w++) {
      long both = a.get(Layouts.I64, aOffset + 8L * w) & b.get(Layouts.I64, bOffset + 8L * w);
      out.set(Layouts.I64, outOffset + 8L * w, both);
    }
    if ((n & 63) != 0) {
      long both = Bits.tail(a, aOffset, n) & Bits.tail(b, bOffset, n);
      Bits.storeTail(both, out, outOffset, n);
    }
  }

  /** Rows present in one or the other; {@code out} may be {@code a} or {@code b}. */
  default void orValidity(
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      int n,
      MemorySegment out,
      long outOffset) {
    int full = n >> 6;
    for (int w = 0; w < full; w++) {
      long either = a.get(Layouts.I64, aOffset + 8L * w) | b.get(Layouts.I64, bOffset + 8L * w);
      out.set(Layouts.I64, outOffset + 8L * w, either);
    }
    if ((n & 63) != 0) {
      long either = Bits.tail(a, aOffset, n) | Bits.tail(b, bOffset, n);
      Bits.storeTail(either, out, outOffset, n);
    }
  }

  /**
   * Copies the bits of {@code n} rows to bits {@code outBit .. outBit + n - 1} of the bitmap that
   * starts at byte {@code outOffset}, for any {@code outBit}; other bits stay.
   */
  default void copyBits(
      MemorySegment bits, long offset, int n, MemorySegment out, long outOffset, long outBit) {
    for (int i = 0; i < n; i++) {
      Bits.put(out, outOffset, outBit + i, bits.get(Layouts.I8, offset + (i >> 3)) >> (i & 7) & 1);
    }
  }

  /** Copies the bits of the listed rows to bits {@code outBit ..}, as {@link #copyBits} does. */
  default void gatherBits(
      MemorySegment bits,
      long offset,
      int[] rows,
      int n,
      MemorySegment out,
      long outOffset,
      long outBit) {
    for (int k = 0; k < n; k++) {
      int i = rows[k];
      Bits.put(out, outOffset, outBit + k, bits.get(Layouts.I8, offset + (i >> 3)) >> (i & 7) & 1);
    }
  }

  /** Sets or clears bits {@code outBit .. outBit + n - 1}; other bits stay. */
  default void fillBits(boolean value, int n, MemorySegment out, long outOffset, long outBit) {
    int bit = value ? 1 : 0;
    int k = 0;
    while (k < n && (outBit + k & 7) != 0) {
      Bits.put(out, outOffset, outBit + k++, bit);
    }
    for (; k + 8 <= n; k += 8) {
      out.set(Layouts.I8, outOffset + (outBit + k >> 3), (byte) -bit);
    }
    while (k < n) {
      Bits.put(out, outOffset, outBit + k++, bit);
    }
  }
}
