package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.error.CorruptColumnException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * The distinct values of a dictionary-encoded text or binary column: entry {@code c} is what code
 * {@code c} stands for. Entries are unique and in order of first appearance. A view on memory owned
 * by someone else (a mapped table, a query); it lives as long as that. Safe for all threads:
 * nothing here changes after construction.
 *
 * @param type {@link DataType#UTF8} or {@link DataType#BINARY}
 * @param size the number of entries
 * @param offsets {@code size + 1} 64-bit offsets into {@code bytes}, starting at byte {@code 0} of
 *     the segment
 * @param bytes the entries' bytes, one after the other
 */
public record Dictionary(DataType type, int size, MemorySegment offsets, MemorySegment bytes) {
  /** Offset in {@link #bytes} of the first byte of entry {@code code}. */
  public long start(int code) {
    return offsets.get(JAVA_LONG_UNALIGNED, (long) code * Long.BYTES);
  }

  /** Length of entry {@code code} in bytes. */
  public int length(int code) {
    return Math.toIntExact(start(code + 1) - start(code));
  }

  /**
   * A copy of the bytes of entry {@code code}.
   *
   * @throws CorruptColumnException if there is no such entry: the code was damaged
   */
  public byte[] bytesOf(int code) {
    if (code < 0 || code >= size) {
      throw new CorruptColumnException(
          "a column of " + type,
          "a row has the code "
              + Integer.toUnsignedLong(code)
              + ", but its dictionary has "
              + size
              + " entries",
          "Run `colonnade verify` on the table, and restore it.");
    }
    return bytes.asSlice(start(code), length(code)).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Entry {@code code} as text. */
  public String text(int code) {
    return new String(bytesOf(code), StandardCharsets.UTF_8);
  }

  /** The width in bytes of the codes that a column with this many entries needs: 1, 2 or 4. */
  public static int codeWidthBytes(int size) {
    return size <= 1 << 8 ? 1 : size <= 1 << 16 ? 2 : 4;
  }
}
