package colonnade.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Walks a footer before it is read, keeping nothing: Thrift's own reader takes memory for as many
 * elements as a list states, and a frame of the stack for each level of nesting. An element takes a
 * byte at least, so a list cannot have more than bytes are left. Used once, by one thread.
 *
 * @see <a
 *     href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">Compact
 *     protocol</a>
 */
final class FooterShape {
  private static final int MAX_DEPTH = 64;

  private final InputStream in;
  private long left;

  private FooterShape(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  /**
   * Checks the structure in the next {@code length} bytes of {@code in}.
   *
   * @throws BadPage if it nests too deeply or states more than its bytes can hold
   */
  static void check(InputStream in, long length) throws IOException {
    new FooterShape(in, length).structure(0);
  }

  private void structure(int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new BadPage("structures nested deeper than " + MAX_DEPTH);
    }
    for (int header = next(); (header & 15) != 0; header = next()) {
      if (header >> 4 == 0) {
        variable();
      }
      int type = header & 15;
      // A field holds a truth value in its type.
      if (type > 2) {
        value(type, depth);
      }
    }
  }

  private void value(int type, int depth) throws IOException {
    switch (type) {
      case 1, 2, 3 -> next();
      case 4, 5, 6 -> variable();
      case 7 -> skip(8);
      case 8 -> skip(variable());
      case 9, 10 -> {
        int header = next();
        long count = header >> 4 == 15 ? variable() : header >> 4;
        values(count, depth, header & 15);
      }
      case 11 -> {
        long count = variable();
        if (count > 0) {
          int types = next();
          values(count, depth, types >> 4, types & 15);
        }
      }
      case 12 -> structure(depth + 1);
      case 13 -> skip(16);
      default -> throw new BadPage("a value of kind " + type);
    }
  }

  private void values(long count, int depth, int... types) throws IOException {
    if (count < 0 || count > left) {
      throw new BadPage("a list of " + count + " elements in " + left + " bytes");
    }
    for (long i = 0; i < count; i++) {
      for (int type : types) {
        value(type, depth + 1);
      }
    }
  }

  private int next() throws IOException {
    int b = left-- > 0 ? in.read() : -1;
    if (b < 0) {
      throw new EOFException("it ends early");
    }
    return b;
  }

  private long variable() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = next();
      value |= (long) (b & 127) << shift;
      if (b < 128) {
        return value;
      }
    }
    throw new BadPage("a number of more than 64 bits");
  }

  private void skip(long count) throws IOException {
    if (count < 0 || count > left) {
      throw new BadPage("a value of " + count + " bytes in " + left);
    }
    in.skipNBytes(count);
    left -= count;
  }
}
