package colonnade.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A window on the bytes of one page, read forwards. Every access is checked against the window's
 * end, so that damaged lengths end in a {@link BadPage} and never in another page's bytes. Not safe
 * for threads.
 */
final class Bytes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  final byte[] array;
  final int end;
  int position;

  Bytes(byte[] array, int start, int end) {
    if (start < 0 || end < start || end > array.length) {
      throw new BadPage("a part of a page lies outside the page");
    }
    this.array = array;
    this.position = start;
    this.end = end;
  }

  int remaining() {
    return end - position;
  }

  /** Checks that {@code count} bytes follow, and steps over them; returns where they start. */
  int take(long count) {
    if (count < 0 || count > end - position) {
      throw new BadPage("a page ends in the middle of its values");
    }
    int start = position;
    position += (int) count;
    return start;
  }

  int readByte() {
    return array[take(1)] & 0xff;
  }

  int readInt() {
    return intAt(array, take(4));
  }

  /** An unsigned variable-length integer of at most 64 bits. */
  long readVarLong() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = readByte();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new BadPage("a variable-length integer does not end");
  }

  /** An unsigned variable-length integer that must lie within {@code [0, limit]}. */
  int readCount(int limit, String what) {
    long value = readVarLong();
    if (value < 0 || value > limit) {
      throw new BadPage(what + " is " + value + ", more than the " + limit + " possible");
    }
    return (int) value;
  }

  long readZigZag() {
    long value = readVarLong();
    return value >>> 1 ^ -(value & 1);
  }

  static int intAt(byte[] array, int index) {
    return (int) INT.get(array, index);
  }

  static long longAt(byte[] array, int index) {
    return (long) LONG.get(array, index);
  }

  /**
   * Reads {@code count} values of {@code width} bits each (0 to 64, least significant bit first)
   * that start at bit {@code bit} counted from byte {@code start}; all their bits lie before {@code
   * end}.
   */
  static void unpack(
      byte[] array, int start, int end, long bit, int width, long[] into, int at, int count) {
    if (width == 0) {
      java.util.Arrays.fill(into, at, at + count, 0);
      return;
    }
    if (start + (bit + (long) count * width + 7 >>> 3) > end) {
      throw new BadPage("a page ends in the middle of its bit-packed values");
    }
    long mask = width == 64 ? -1L : (1L << width) - 1;
    for (int i = 0; i < count; i++, bit += width) {
      int index = start + (int) (bit >>> 3);
      int shift = (int) (bit & 7);
      long value;
      if (index + 8 <= array.length) {
        value = longAt(array, index) >>> shift;
        if (shift + width > 64) {
          value |= (long) array[index + 8] << 64 - shift;
        }
      } else {
        value = 0;
        for (int b = 0; b * 8 < shift + width; b++) {
          long part = array[index + b] & 0xffL;
          value |= b == 0 ? part >>> shift : part << b * 8 - shift;
        }
      }
      into[at + i] = value & mask;
    }
  }
}
