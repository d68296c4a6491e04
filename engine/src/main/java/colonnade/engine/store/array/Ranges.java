package colonnade.engine.store.array;

import colonnade.DataType;
import colonnade.error.ComputationException;

/**
 * Whether a value fits a type; refused values are named, with their place, before anything is
 * written.
 */
final class Ranges {
  private Ranges() {}

  /** The smallest value of an integral type. */
  static long minimum(DataType type) {
    return switch (type) {
      case I8 -> Byte.MIN_VALUE;
      case I16 -> Short.MIN_VALUE;
      case I32, DATE -> Integer.MIN_VALUE;
      case I64, TIMESTAMP_MICROS -> Long.MIN_VALUE;
      case U8, U16, U32, BOOL -> 0;
      case F32, F64, UTF8, BINARY -> throw new IllegalStateException("no integers of " + type);
    };
  }

  /** The largest value of an integral type. */
  static long maximum(DataType type) {
    return switch (type) {
      case I8 -> Byte.MAX_VALUE;
      case I16 -> Short.MAX_VALUE;
      case I32, DATE -> Integer.MAX_VALUE;
      case I64, TIMESTAMP_MICROS -> Long.MAX_VALUE;
      case U8 -> 0xff;
      case U16 -> 0xffff;
      case U32 -> 0xffffffffL;
      case BOOL -> 1;
      case F32, F64, UTF8, BINARY -> throw new IllegalStateException("no integers of " + type);
    };
  }

  /** Checks values for an integral type. */
  static void check(DataType type, long[] values, String place) {
    long minimum = minimum(type);
    long maximum = maximum(type);
    for (int i = 0; i < values.length; i++) {
      if (values[i] < minimum || values[i] > maximum) {
        throw refused(type, Long.toString(values[i]), " (value " + i + ")", place);
      }
    }
  }

  /** Checks values for an integral type. */
  static void check(DataType type, int[] values, String place) {
    long minimum = minimum(type);
    long maximum = maximum(type);
    for (int i = 0; i < values.length; i++) {
      if (values[i] < minimum || values[i] > maximum) {
        throw refused(type, Integer.toString(values[i]), " (value " + i + ")", place);
      }
    }
  }

  /** Checks values for a boolean. */
  static void checkBooleans(byte[] values, String place) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] > 1) {
        throw refused(DataType.BOOL, Byte.toString(values[i]), " (value " + i + ")", place);
      }
    }
  }

  /**
   * Whether {@code value} survives the way to a double and back; the largest long only seems to.
   */
  static boolean isExactDouble(long value) {
    return (long) (double) value == value && value != Long.MAX_VALUE;
  }

  /**
   * The bits that stand for {@code value} in an element of {@code type}; a floating point type must
   * hold it exactly.
   */
  static long bits(DataType type, long value, String place) {
    if (type == DataType.F64) {
      double converted = value;
      if (isExactDouble(value)) {
        return Double.doubleToRawLongBits(converted);
      }
    } else if (type == DataType.F32) {
      float converted = value;
      if ((long) converted == value && value != Long.MAX_VALUE) {
        return Float.floatToRawIntBits(converted);
      }
    } else if (value >= minimum(type) && value <= maximum(type)) {
      return value;
    }
    throw refused(type, Long.toString(value), "", place);
  }

  /**
   * The bits that stand for {@code value} in an element of {@code type}; rounded to {@code f32}, a
   * whole number for integers.
   */
  static long bits(DataType type, double value, String place) {
    if (type == DataType.F64) {
      return Double.doubleToRawLongBits(value);
    }
    if (type == DataType.F32) {
      return Float.floatToRawIntBits((float) value);
    }
    long whole = (long) value;
    if (whole != value || value == 0x1p63 || whole < minimum(type) || whole > maximum(type)) {
      throw refused(type, Double.toString(value), "", place);
    }
    return whole;
  }

  private static ComputationException refused(
      DataType type, String value, String which, String place) {
    String range =
        type.isFloating()
            ? "Only integers that "
                + type
                + " holds exactly are stored in it; pass a double to have it rounded."
            : "An element of "
                + type
                + " is a whole number from "
                + minimum(type)
                + " to "
                + maximum(type)
                + ".";
    return new ComputationException(
        place,
        value + which + " does not fit the " + type + " elements of " + place,
        range + " Nothing was written.");
  }
}
