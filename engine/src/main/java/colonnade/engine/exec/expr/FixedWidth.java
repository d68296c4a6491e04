package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Single values of fixed width as 64 bits: integers and temporal types widened, booleans as 0 or 1,
 * {@code f64} and {@code f32} as their raw bits.
 */
final class FixedWidth {
  private FixedWidth() {}

  /** The bits of a literal's value. */
  static long bits(DataType type, Object value) {
    return switch (type) {
      case F64 -> Double.doubleToRawLongBits(((Number) value).doubleValue());
      case F32 -> Float.floatToRawIntBits(((Number) value).floatValue());
      case BOOL -> (Boolean) value ? 1 : 0;
      default -> ((Number) value).longValue();
    };
  }

  /** Stores the low bits of {@code bits} as row {@code row} of plain values at offset 0. */
  static void put(DataType type, MemorySegment data, int row, long bits) {
    putWidth(type.widthBytes(), data, row, bits);
  }

  /** As {@link #put}, for values of {@code widthBytes}. */
  static void putWidth(int widthBytes, MemorySegment data, int row, long bits) {
    switch (widthBytes) {
      case 1 -> data.set(JAVA_BYTE, row, (byte) bits);
      case 2 -> data.set(JAVA_SHORT_UNALIGNED, 2L * row, (short) bits);
      case 4 -> data.set(JAVA_INT_UNALIGNED, 4L * row, (int) bits);
      default -> data.set(JAVA_LONG_UNALIGNED, 8L * row, bits);
    }
  }

  /** The least value of an integral type. */
  static long least(DataType type) {
    return switch (type) {
      case I8 -> Byte.MIN_VALUE;
      case I16 -> Short.MIN_VALUE;
      case I32, DATE -> Integer.MIN_VALUE;
      case U8, U16, U32, BOOL -> 0;
      default -> Long.MIN_VALUE;
    };
  }

  /** The greatest value of an integral type. */
  static long greatest(DataType type) {
    return switch (type) {
      case I8 -> Byte.MAX_VALUE;
      case I16 -> Short.MAX_VALUE;
      case I32, DATE -> Integer.MAX_VALUE;
      case U8 -> 0xff;
      case U16 -> 0xffff;
      case U32 -> 0xffffffffL;
      case BOOL -> 1;
      default -> Long.MAX_VALUE;
    };
  }
}
