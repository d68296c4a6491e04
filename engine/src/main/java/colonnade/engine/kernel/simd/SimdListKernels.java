package colonnade.engine.kernel.simd;

import colonnade.engine.kernel.Kernels;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Lists of rows by compressing row numbers. Words with few bits go bit by bit, which costs less
 * than four vectors: always as many steps, as a loop until the word is empty would be guessed wrong
 * for every other word.
 */
interface SimdListKernels extends Kernels {
  /** Words with more bits than this are compressed; the others take as many steps. */
  int FEW_BITS = 4;

  @Override
  default int listRows(long[] words, int n, int[] rows) {
    if (Species.I32.length() > ROOM) {
      return Kernels.super.listRows(words, n, rows);
    }
    IntVector numbers = IntVector.zero(Species.I32).addIndex(1);
    int lanes = Species.I32.length();
    int kept = 0;
    for (int first = 0; first < n; first += 64) {
      long word = words[first >> 6];
      int bits = Long.bitCount(word);
      if (bits <= FEW_BITS) {
        // What is written beyond the last bit is overwritten by the next word, or is room.
        rows[kept] = first + Long.numberOfTrailingZeros(word);
        word &= word - 1;
        rows[kept + 1] = first + Long.numberOfTrailingZeros(word);
        word &= word - 1;
        rows[kept + 2] = first + Long.numberOfTrailingZeros(word);
        word &= word - 1;
        rows[kept + 3] = first + Long.numberOfTrailingZeros(word);
        kept += bits;
        continue;
      }
      int at = kept;
      for (int s = 0; s < 64; s += lanes) {
        long part = word >>> s & (1L << lanes) - 1;
        numbers.add(first + s).compress(VectorMask.fromLong(Species.I32, part)).intoArray(rows, at);
        at += Long.bitCount(part);
      }
      kept += bits;
    }
    return kept;
  }
}
