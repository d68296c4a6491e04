package colonnade.engine.store.array;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import colonnade.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Reads and writes elements of one fixed-width type and byte order in a memory segment. Offsets and
 * steps are bytes and need no alignment. Nothing is checked here but the segment's bounds: callers
 * know that the Java type suits ({@link JavaArray}) and that values fit ({@link Ranges}). An
 * immutable value.
 */
public final class Elements {
  // The layouts must be constants and the swap explicit: an access through a layout held in a field
  // is not compiled to a plain load.
  private static final ValueLayout.OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private final DataType type;
  private final ByteOrder order;
  private final int width;
  private final boolean swap;

  /** Elements of a fixed-width {@code type}. */
  public Elements(DataType type, ByteOrder order) {
    if (type.isVariable()) {
      throw new IllegalArgumentException("no fixed-width elements of " + type);
    }
    this.type = type;
    this.order = order;
    this.width = type.widthBytes();
    this.swap = order != LITTLE_ENDIAN && width > 1;
  }

  /** The type of the elements. */
  public DataType type() {
    return type;
  }

  /** Their byte order; of no effect for types of one byte. */
  public ByteOrder order() {
    return order;
  }

  /** Bytes of one element. */
  public int width() {
    return width;
  }

  /** Integers of the same width and order, by which any element can be moved bit for bit. */
  Elements asBits() {
    DataType bits =
        switch (width) {
          case 1 -> DataType.I8;
          case 2 -> DataType.I16;
          case 4 -> DataType.I32;
          default -> DataType.I64;
        };
    return bits == type ? this : new Elements(bits, order);
  }

  /** Whether the bytes of an element mean the same in {@code other}. */
  boolean sameBytesAs(Elements other) {
    return type == other.type && swap == other.swap;
  }

  /** One integral element, widened; a boolean is 0 or 1. */
  long longAt(MemorySegment bytes, long at) {
    return switch (type) {
      case I8 -> bytes.get(JAVA_BYTE, at);
      case U8 -> bytes.get(JAVA_BYTE, at) & 0xff;
      case BOOL -> bytes.get(JAVA_BYTE, at) == 0 ? 0 : 1;
      case I16 -> shortAt(bytes, at);
      case U16 -> shortAt(bytes, at) & 0xffff;
      case I32, DATE -> intAt(bytes, at);
      case U32 -> intAt(bytes, at) & 0xffffffffL;
      case I64, TIMESTAMP_MICROS -> bitsAt(bytes, at);
      case F32, F64, UTF8, BINARY -> throw new IllegalStateException("no integers of " + type);
    };
  }

  /** One numeric element; an integer beyond 2^53 is rounded. */
  double doubleAt(MemorySegment bytes, long at) {
    return switch (type) {
      case F32 -> Float.intBitsToFloat(intAt(bytes, at));
      case F64 -> Double.longBitsToDouble(bitsAt(bytes, at));
      default -> longAt(bytes, at);
    };
  }

  /** Stores the low bits of {@code value} as one integral element. */
  void putLong(MemorySegment bytes, long at, long value) {
    switch (width) {
      case 1 -> bytes.set(JAVA_BYTE, at, (byte) value);
      case 2 -> bytes.set(SHORT, at, swap ? Short.reverseBytes((short) value) : (short) value);
      case 4 -> bytes.set(INT, at, swap ? Integer.reverseBytes((int) value) : (int) value);
      default -> bytes.set(LONG, at, swap ? Long.reverseBytes(value) : value);
    }
  }

  /** Stores one floating point element, rounded to the nearest of the type. */
  void putDouble(MemorySegment bytes, long at, double value) {
    putLong(
        bytes,
        at,
        type == DataType.F32
            ? Float.floatToRawIntBits((float) value)
            : Double.doubleToRawLongBits(value));
  }

  /** Copies integral elements out. */
  void readLongs(MemorySegment bytes, long at, long step, long[] target, int from, int count) {
    if (width == Long.BYTES && step == width) {
      MemorySegment.copy(bytes, JAVA_LONG_UNALIGNED.withOrder(order), at, target, from, count);
      return;
    }
    // One loop for each type, so that each compiles to loads of one width.
    switch (type) {
      case I8 -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = bytes.get(JAVA_BYTE, at + i * step);
        }
      }
      case U8 -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = bytes.get(JAVA_BYTE, at + i * step) & 0xff;
        }
      }
      case I16 -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = shortAt(bytes, at + i * step);
        }
      }
      case U16 -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = shortAt(bytes, at + i * step) & 0xffff;
        }
      }
      case I32, DATE -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = intAt(bytes, at + i * step);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          target[from + i] = longAt(bytes, at + i * step);
        }
      }
    }
  }

  /** Copies four-byte integral elements out. */
  void readInts(MemorySegment bytes, long at, long step, int[] target, int from, int count) {
    if (step == width) {
      MemorySegment.copy(bytes, JAVA_INT_UNALIGNED.withOrder(order), at, target, from, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[from + i] = intAt(bytes, at + i * step);
    }
  }

  /** Copies {@code f32} elements out. */
  void readFloats(MemorySegment bytes, long at, long step, float[] target, int from, int count) {
    if (step == width) {
      MemorySegment.copy(bytes, JAVA_FLOAT_UNALIGNED.withOrder(order), at, target, from, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[from + i] = Float.intBitsToFloat(intAt(bytes, at + i * step));
    }
  }

  /** Copies {@code f32} or {@code f64} elements out. */
  void readDoubles(MemorySegment bytes, long at, long step, double[] target, int from, int count) {
    if (type == DataType.F32) {
      for (int i = 0; i < count; i++) {
        target[from + i] = Float.intBitsToFloat(intAt(bytes, at + i * step));
      }
    } else if (step == width) {
      MemorySegment.copy(bytes, JAVA_DOUBLE_UNALIGNED.withOrder(order), at, target, from, count);
    } else {
      for (int i = 0; i < count; i++) {
        target[from + i] = Double.longBitsToDouble(bitsAt(bytes, at + i * step));
      }
    }
  }

  /** Copies the low bits of {@code source} in as integral elements. */
  void writeLongs(MemorySegment bytes, long at, long step, long[] source, int from, int count) {
    if (width == Long.BYTES && step == width) {
      MemorySegment.copy(source, from, bytes, JAVA_LONG_UNALIGNED.withOrder(order), at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      putLong(bytes, at + i * step, source[from + i]);
    }
  }

  /** Copies {@code source} in as four-byte integral elements. */
  void writeInts(MemorySegment bytes, long at, long step, int[] source, int from, int count) {
    if (step == width) {
      MemorySegment.copy(source, from, bytes, JAVA_INT_UNALIGNED.withOrder(order), at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      putLong(bytes, at + i * step, source[from + i]);
    }
  }

  /** Copies {@code source} in as {@code f32} or {@code f64} elements. */
  void writeFloats(MemorySegment bytes, long at, long step, float[] source, int from, int count) {
    if (type == DataType.F32 && step == width) {
      MemorySegment.copy(source, from, bytes, JAVA_FLOAT_UNALIGNED.withOrder(order), at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      putLong(
          bytes,
          at + i * step,
          type == DataType.F32
              ? Float.floatToRawIntBits(source[from + i])
              : Double.doubleToRawLongBits(source[from + i]));
    }
  }

  /** Copies {@code source} in as {@code f64} elements. */
  void writeDoubles(MemorySegment bytes, long at, long step, double[] source, int from, int count) {
    if (step == width) {
      MemorySegment.copy(source, from, bytes, JAVA_DOUBLE_UNALIGNED.withOrder(order), at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      putLong(bytes, at + i * step, Double.doubleToRawLongBits(source[from + i]));
    }
  }

  /**
   * Copies {@code count} elements bit for bit to another place and step, in the same byte order; a
   * boolean becomes 0 or 1.
   */
  void copy(
      MemorySegment source,
      long from,
      long step,
      MemorySegment target,
      long to,
      long toStep,
      int count) {
    if (type == DataType.BOOL) {
      for (int i = 0; i < count; i++) {
        boolean isTrue = source.get(JAVA_BYTE, from + i * step) != 0;
        target.set(JAVA_BYTE, to + i * toStep, (byte) (isTrue ? 1 : 0));
      }
      return;
    }
    if (step == width && toStep == width) {
      MemorySegment.copy(source, from, target, to, (long) count * width);
      return;
    }
    switch (width) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          target.set(JAVA_BYTE, to + i * toStep, source.get(JAVA_BYTE, from + i * step));
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          target.set(SHORT, to + i * toStep, source.get(SHORT, from + i * step));
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          target.set(INT, to + i * toStep, source.get(INT, from + i * step));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          target.set(LONG, to + i * toStep, source.get(LONG, from + i * step));
        }
      }
    }
  }

  private short shortAt(MemorySegment bytes, long at) {
    short value = bytes.get(SHORT, at);
    return swap ? Short.reverseBytes(value) : value;
  }

  private int intAt(MemorySegment bytes, long at) {
    int value = bytes.get(INT, at);
    return swap ? Integer.reverseBytes(value) : value;
  }

  private long bitsAt(MemorySegment bytes, long at) {
    long value = bytes.get(LONG, at);
    return swap ? Long.reverseBytes(value) : value;
  }
}
