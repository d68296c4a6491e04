package colonnade.arrow;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes vectors of rows of a batch: windows on its buffers where the layouts agree, otherwise
 * copies in the caller's arena. Checks that every buffer is long enough before a value is touched.
 */
final class ColumnReader {
  private ColumnReader() {}

  /**
   * Rows {@code [first, first + count)} of a column.
   *
   * @param first a multiple of 8
   * @param dictionary of a column of codes, else null
   */
  static Vector read(
      IpcColumn column,
      BatchBuffers batch,
      long first,
      int count,
      Arena arena,
      @Nullable IpcDictionary dictionary) {
    if (column.codes() != null) {
      return CodeReader.read(column, column.codes(), batch, first, count, arena, dictionary);
    }
    return values(column, batch, first, count, arena);
  }

  /** As {@link #read}, of values that are no codes. */
  static Vector values(IpcColumn column, BatchBuffers batch, long first, int count, Arena arena) {
    if (column.layout() == IpcColumn.Layout.NOTHING) {
      batch.nullCount(column.node());
      MemorySegment zeros = arena.allocate(Math.max(8, 4L * count), 64);
      return Vector.fixed(column.type(), zeros, 0, zeros, 0);
    }
    MemorySegment validity =
        batch.validity(column.node(), column.buffer(), column.view(), first + count);
    Vector vector =
        column.type().isVariable()
            ? TextReader.read(column, batch, first, count, arena, validity)
            : fixed(column, batch, first, count, arena, validity);
    return validity == null ? vector : vector.withValidity(validity, first >> 3);
  }

  private static Vector fixed(
      IpcColumn column,
      BatchBuffers batch,
      long first,
      int count,
      Arena arena,
      @Nullable MemorySegment validity) {
    int width = column.width();
    long end = first + count;
    long bytes =
        column.layout() == IpcColumn.Layout.BITS ? end + 7 >> 3 : Math.multiplyExact(end, width);
    MemorySegment data = batch.buffer(column.buffer() + 1, column.view(), bytes);
    if (column.layout() == IpcColumn.Layout.SAME) {
      return Vector.fixed(column.type(), data, first * width, null, 0);
    }
    MemorySegment copy = arena.allocate(Math.max(1, (long) count * column.type().widthBytes()), 64);
    for (int i = 0; i < count; i++) {
      long row = first + i;
      if (validity != null && !isSet(validity, row)) {
        continue;
      }
      switch (column.layout()) {
        case BITS -> copy.set(JAVA_BYTE, i, (byte) (isSet(data, row) ? 1 : 0));
        case MULTIPLIED ->
            copy.set(JAVA_LONG_UNALIGNED, 8L * i, micros(integer(data, row, width), column));
        case DIVIDED -> {
          long value = Math.floorDiv(integer(data, row, width), column.factor());
          if (column.type().widthBytes() == 4) {
            copy.set(JAVA_INT_UNALIGNED, 4L * i, days(value));
          } else {
            copy.set(JAVA_LONG_UNALIGNED, 8L * i, value);
          }
        }
        case UNSIGNED_LONG -> {
          long value = data.get(JAVA_LONG_UNALIGNED, row * 8);
          if (value < 0) {
            throw new BadIpc(
                "the unsigned 64-bit value " + Long.toUnsignedString(value) + " does not fit i64");
          }
          copy.set(JAVA_LONG_UNALIGNED, 8L * i, value);
        }
        case HALF ->
            copy.set(
                JAVA_FLOAT_UNALIGNED,
                4L * i,
                Float.float16ToFloat(data.get(JAVA_SHORT_UNALIGNED, row * 2)));
        case DECIMAL -> copy.set(JAVA_DOUBLE_UNALIGNED, 8L * i, decimal(data, row * width, column));
        default -> throw new IllegalStateException("no numbers in " + column.layout());
      }
    }
    return Vector.fixed(column.type(), copy, 0, null, 0);
  }

  static boolean isSet(MemorySegment bits, long row) {
    return (bits.get(JAVA_BYTE, row >> 3) >> (row & 7) & 1) != 0;
  }

  private static long integer(MemorySegment data, long row, int width) {
    return width == 4
        ? data.get(JAVA_INT_UNALIGNED, row * 4)
        : data.get(JAVA_LONG_UNALIGNED, row * 8);
  }

  private static long micros(long value, IpcColumn column) {
    long high = Math.multiplyHigh(value, column.factor());
    long low = value * column.factor();
    if (high != low >> 63) {
      throw new BadIpc("the time " + value + " does not fit 64 bits of microseconds");
    }
    return low;
  }

  private static int days(long days) {
    if (days != (int) days) {
      throw new BadIpc("a date " + days + " days from 1970, beyond 32 bits");
    }
    return (int) days;
  }

  private static double decimal(MemorySegment data, long at, IpcColumn column) {
    byte[] bytes = new byte[column.width()];
    for (int b = 0; b < bytes.length; b++) {
      bytes[bytes.length - 1 - b] = data.get(JAVA_BYTE, at + b);
    }
    return new BigDecimal(new BigInteger(bytes), (int) column.factor()).doubleValue();
  }
}
