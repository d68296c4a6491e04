package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.error.ComputationException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one text or binary value on the heap, reused from row to row. Text is UTF-8 that is
 * taken to be well formed; positions are bytes unless a method says code points. Not thread-safe.
 */
final class TextBuffer {
  private static final int LONGEST_BYTES = 1 << 30;

  private byte[] bytes = new byte[64];
  private int length;

  /** The bytes; those past {@link #length()} mean nothing. */
  byte[] bytes() {
    return bytes;
  }

  /** The number of bytes. */
  int length() {
    return length;
  }

  /** Makes this empty. */
  void clear() {
    length = 0;
  }

  /** Makes this a copy of bytes of native memory. */
  void load(MemorySegment from, long start, long byteCount) {
    length = 0;
    reserve(byteCount);
    MemorySegment.copy(from, JAVA_BYTE, start, bytes, 0, (int) byteCount);
    length = (int) byteCount;
  }

  /** Makes this a copy of {@code from}. */
  void load(byte[] from) {
    length = 0;
    append(from, 0, from.length);
  }

  /** Adds bytes. */
  void append(byte[] from, int start, int byteCount) {
    reserve(byteCount);
    System.arraycopy(from, start, bytes, length, byteCount);
    length += byteCount;
  }

  /** Adds all bytes of {@code other}, another buffer. */
  void append(TextBuffer other) {
    append(other.bytes, 0, other.length);
  }

  /** Adds one byte. */
  void append(byte value) {
    reserve(1);
    bytes[length++] = value;
  }

  /** Adds characters of ASCII. */
  void appendAscii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  /** Adds a code point. */
  void appendCodePoint(int c) {
    if (c < 0x80) {
      append((byte) c);
    } else if (c < 0x800) {
      append((byte) (0xc0 | c >> 6));
      append((byte) (0x80 | c & 0x3f));
    } else if (c < 0x10000) {
      append((byte) (0xe0 | c >> 12));
      append((byte) (0x80 | c >> 6 & 0x3f));
      append((byte) (0x80 | c & 0x3f));
    } else {
      append((byte) (0xf0 | c >> 18));
      append((byte) (0x80 | c >> 12 & 0x3f));
      append((byte) (0x80 | c >> 6 & 0x3f));
      append((byte) (0x80 | c & 0x3f));
    }
  }

  /** Whether all bytes are ASCII. */
  boolean isAscii() {
    int any = 0;
    for (int i = 0; i < length; i++) {
      any |= bytes[i];
    }
    return any >= 0;
  }

  /** The number of code points. */
  int codePointCount() {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += (bytes[i] & 0xc0) != 0x80 ? 1 : 0;
    }
    return count;
  }

  /** The code point that starts at byte {@code at}. */
  int codePointAt(int at) {
    int b = bytes[at];
    if (b >= 0) {
      return b;
    }
    int width = widthAt(at);
    int c = b & 0xff >> width + 1;
    for (int i = 1; i < width; i++) {
      c = c << 6 | bytes[at + i] & 0x3f;
    }
    return c;
  }

  /** The number of bytes, within this text, of the code point that starts at byte {@code at}. */
  int widthAt(int at) {
    int b = bytes[at] & 0xff;
    int width = b < 0xc0 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
    return Math.min(width, length - at);
  }

  /** The byte at which code point {@code index} starts, or the length if there are fewer. */
  int byteOfCodePoint(long index) {
    int at = 0;
    for (long i = 0; i < index && at < length; i++) {
      at += widthAt(at);
    }
    return at;
  }

  /** The first byte from {@code from} on at which {@code part} occurs, or -1. */
  int indexOf(TextBuffer part, int from) {
    if (part.length == 0) {
      return from;
    }
    byte first = part.bytes[0];
    for (int i = from; i <= length - part.length; i++) {
      if (bytes[i] == first
          && Arrays.equals(bytes, i, i + part.length, part.bytes, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether {@code part} occurs at byte {@code at}. */
  boolean hasAt(TextBuffer part, int at) {
    return at >= 0
        && at + part.length <= length
        && Arrays.equals(bytes, at, at + part.length, part.bytes, 0, part.length);
  }

  /** The order of the bytes, unsigned, which is that of the code points. */
  int compareTo(TextBuffer other) {
    return Arrays.compareUnsigned(bytes, 0, length, other.bytes, 0, other.length);
  }

  /** The text as a string. */
  String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private void reserve(long more) {
    long wanted = length + more;
    if (wanted > LONGEST_BYTES) {
      throw new ComputationException(
          "text",
          "a text of "
              + wanted
              + " bytes; the longest that an expression may make is "
              + LONGEST_BYTES,
          "");
    }
    if (wanted > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, Math.min(2L * length, LONGEST_BYTES)));
    }
  }
}
