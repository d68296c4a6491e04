package colonnade.engine.exec.sort;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.store.ByteRuns;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A sort key of plain text or binary, read piece by piece: pieces of up to eight bytes as unsigned
 * numbers, zeros after the end, and the length, which tells apart what is equal but for zeros. A
 * null counts as empty. Immutable; safe for all threads.
 */
final class SortText {
  private final Vector vector;
  private final MemorySegment bytes;
  private final boolean hasNulls;
  private final boolean descending;

  SortText(Vector vector, boolean descending) {
    this.vector = vector;
    this.bytes = vector.data();
    this.hasNulls = vector.validity() != null;
    this.descending = descending;
  }

  /** Length in bytes. */
  long length(int row) {
    return hasNulls && vector.isNull(row) ? 0 : vector.start(row + 1) - vector.start(row);
  }

  /**
   * Writes the {@code count} bytes, 1 to 8, from byte {@code from} on, as {@link SortField} does.
   */
  void read(long from, int count, int @Nullable [] rows, int first, int rowCount, long[] out) {
    long flip = descending ? -1L >>> Long.SIZE - 8 * count : 0;
    for (int i = 0; i < rowCount; i++) {
      int row = rows == null ? first + i : rows[i];
      long end = hasNulls && vector.isNull(row) ? 0 : vector.start(row + 1);
      out[i] = piece(vector.start(row) + from, end, count) ^ flip;
    }
  }

  /** Writes numbers of {@code bits} that order by length. */
  void readLengths(int bits, int @Nullable [] rows, int first, int rowCount, long[] out) {
    long flip = descending ? (1L << bits) - 1 : 0;
    for (int i = 0; i < rowCount; i++) {
      out[i] = length(rows == null ? first + i : rows[i]) ^ flip;
    }
  }

  /** The greatest length of {@code count} rows; null names rows {@code 0 .. count - 1}. */
  long longest(int @Nullable [] rows, int count) {
    long longest = 0;
    for (int i = 0; i < count; i++) {
      longest = Math.max(longest, length(rows == null ? i : rows[i]));
    }
    return longest;
  }

  /** The number of bytes that {@code count} rows, named as above, all begin with. */
  long commonBytes(int @Nullable [] rows, int count) {
    int firstRow = rows == null ? 0 : rows[0];
    long common = length(firstRow);
    long start = vector.start(firstRow);
    for (int i = 1; i < count; i++) {
      int row = rows == null ? i : rows[i];
      long other = vector.start(row);
      long most = Math.min(common, length(row));
      long at = ByteRuns.mismatch(bytes, start, bytes, other, most);
      common = at < 0 ? most : at;
    }
    return common;
  }

  /** The order of two rows, neither of them null. */
  int compare(int a, int b) {
    long aStart = vector.start(a);
    long bStart = vector.start(b);
    long aLength = length(a);
    long bLength = length(b);
    long most = Math.min(aLength, bLength);
    long at = ByteRuns.mismatch(bytes, aStart, bytes, bStart, most);
    int order =
        at < 0
            ? Long.compare(aLength, bLength)
            : Byte.compareUnsigned(
                bytes.get(JAVA_BYTE, aStart + at), bytes.get(JAVA_BYTE, bStart + at));
    return descending ? -order : order;
  }

  /** The order of the bytes of a row, plain or coded and not null, against others. */
  static int compare(Vector vector, int row, byte[] other) {
    Dictionary entries = vector.dictionary();
    MemorySegment bytes = entries == null ? vector.data() : entries.bytes();
    int code = entries == null ? 0 : vector.code(row);
    long start = entries == null ? vector.start(row) : entries.start(code);
    long length = entries == null ? vector.start(row + 1) - start : entries.length(code);
    int most = (int) Math.min(length, other.length);
    for (int i = 0; i < most; i++) {
      int order = Byte.compareUnsigned(bytes.get(JAVA_BYTE, start + i), other[i]);
      if (order != 0) {
        return order;
      }
    }
    return Long.compare(length, other.length);
  }

  private long piece(long start, long end, int count) {
    long left = end - start;
    if (left <= 0) {
      return 0;
    }
    long word;
    if (start + Long.BYTES <= bytes.byteSize()) {
      word = Long.reverseBytes(bytes.get(JAVA_LONG_UNALIGNED, start));
      if (left < Long.BYTES) {
        word &= -1L << Long.SIZE - 8 * left;
      }
    } else {
      word = 0;
      for (int i = 0; i < Math.min(left, Long.BYTES); i++) {
        word |= (bytes.get(JAVA_BYTE, start + i) & 0xffL) << 56 - 8 * i;
      }
    }
    return word >>> Long.SIZE - 8 * count;
  }
}
