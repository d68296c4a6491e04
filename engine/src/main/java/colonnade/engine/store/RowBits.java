package colonnade.engine.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The validity of up to one block of rows, as 64-bit words on the heap: bit {@code i % 64} of word
 * {@code i / 64} is set when row {@code i} is present. Reused; not thread-safe.
 */
final class RowBits {
  private final long[] words;
  private int count;
  private int nullCount;

  RowBits(int capacity) {
    words = new long[(capacity + 63) >> 6];
  }

  /** Takes the validity of rows {@code [from, from + rowCount)} of a vector. */
  void load(Vector vector, int from, int rowCount) {
    count = rowCount;
    MemorySegment validity = vector.validity();
    if (validity == null) {
      nullCount = 0;
      return;
    }
    int present = 0;
    int wordCount = (rowCount + 63) >> 6;
    long end = vector.validityOffset() + (((long) from + rowCount + 7) >> 3);
    for (int w = 0; w < wordCount; w++) {
      long bit = from + 64L * w;
      long word = word(validity, vector.validityOffset() + (bit >> 3), end) >>> (bit & 7);
      if ((bit & 7) != 0) {
        long next = vector.validityOffset() + (bit >> 3) + 8;
        if (next < end) {
          word |= (validity.get(ValueLayout.JAVA_BYTE, next) & 0xffL) << 64 - (bit & 7);
        }
      }
      int valid = rowCount - 64 * w;
      if (valid < 64) {
        word &= (1L << valid) - 1;
      }
      words[w] = word;
      present += Long.bitCount(word);
    }
    nullCount = rowCount - present;
  }

  private static long word(MemorySegment validity, long offset, long end) {
    if (end - offset >= 8) {
      return validity.get(Layouts.LONG, offset);
    }
    long word = 0;
    for (int i = 0; offset + i < end; i++) {
      word |= (validity.get(ValueLayout.JAVA_BYTE, offset + i) & 0xffL) << 8 * i;
    }
    return word;
  }

  int count() {
    return count;
  }

  int nullCount() {
    return nullCount;
  }

  boolean isPresent(int row) {
    return nullCount == 0 || (words[row >> 6] >>> row & 1) != 0;
  }

  /** The first row from {@code row} on that is null, or {@link #count()}. */
  int nextNull(int row) {
    if (nullCount == 0) {
      return count;
    }
    return next(row, -1L);
  }

  /** The first row from {@code row} on that is present, or {@link #count()}. */
  int nextPresent(int row) {
    if (nullCount == 0) {
      return Math.min(row, count);
    }
    return next(row, 0L);
  }

  private int next(int row, long flip) {
    if (row >= count) {
      return count;
    }
    int w = row >> 6;
    long word = (words[w] ^ flip) & -1L << row;
    while (word == 0) {
      if (++w << 6 >= count) {
        return count;
      }
      word = words[w] ^ flip;
    }
    return Math.min(count, (w << 6) + Long.numberOfTrailingZeros(word));
  }

  /** The 64 bits of word {@code w}; those of rows beyond {@link #count()} are undefined. */
  long word(int w) {
    return nullCount == 0 ? -1L : words[w];
  }
}
