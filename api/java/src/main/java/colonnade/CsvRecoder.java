package colonnade;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Characters as bytes of UTF-8, after {@link CsvStandIns} took their places. Characters that stand
 * for bytes of no character become a byte that UTF-8 does not have. Not thread-safe.
 */
final class CsvRecoder extends InputStream {
  /**
   * Stands for bytes that the charset does not have: half a surrogate pair, which no text that was
   * decoded without an error holds alone.
   */
  static final char MALFORMED = '\uDC00';

  private static final byte NO_UTF8 = (byte) 0xff;

  private final Reader reader;
  private final CsvStandIns swaps;
  private final char[] chars = new char[1 << 14];
  private final byte[] bytes = new byte[3 * chars.length + 4];
  private int position;
  private int limit;
  private char high;

  CsvRecoder(Reader reader, CsvStandIns swaps) {
    this.reader = reader;
    this.swaps = swaps;
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, limit - position);
    System.arraycopy(bytes, position, target, offset, n);
    position += n;
    return n;
  }

  private boolean fill() throws IOException {
    while (position == limit) {
      int count = reader.read(chars, 0, chars.length);
      if (count < 0) {
        return false;
      }
      position = 0;
      limit = 0;
      for (int i = 0; i < count; i++) {
        put(chars[i]);
      }
    }
    return true;
  }

  private void put(char original) {
    char c = swaps.isEmpty() ? original : swaps.swap(original);
    if (c < 0x80) {
      bytes[limit++] = (byte) c;
    } else if (c < 0x800) {
      bytes[limit++] = (byte) (0xc0 | c >> 6);
      bytes[limit++] = (byte) (0x80 | c & 0x3f);
    } else if (Character.isHighSurrogate(c)) {
      high = c;
    } else if (Character.isLowSurrogate(c)) {
      if (high == 0) {
        bytes[limit++] = NO_UTF8;
      } else {
        int point = Character.toCodePoint(high, c);
        bytes[limit++] = (byte) (0xf0 | point >> 18);
        bytes[limit++] = (byte) (0x80 | point >> 12 & 0x3f);
        bytes[limit++] = (byte) (0x80 | point >> 6 & 0x3f);
        bytes[limit++] = (byte) (0x80 | point & 0x3f);
        high = 0;
      }
    } else {
      bytes[limit++] = (byte) (0xe0 | c >> 12);
      bytes[limit++] = (byte) (0x80 | c >> 6 & 0x3f);
      bytes[limit++] = (byte) (0x80 | c & 0x3f);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
