package colonnade.engine.store.array;

import colonnade.DataType;
import colonnade.error.UnsupportedFormatException;
import java.nio.ByteOrder;

/**
 * The types of numpy that are mapped, by the words that headers use for them. All others are
 * refused, with what to do about it.
 */
final class NpyTypes {
  private NpyTypes() {}

  /** The type that a descriptor such as {@code <f8} stands for. */
  static DataType type(String descriptor, String place) {
    String code = descriptor.isEmpty() ? "" : descriptor.substring(1);
    char mark = descriptor.isEmpty() ? ' ' : descriptor.charAt(0);
    boolean ordered = mark == '<' || mark == '>';
    if (mark == '|' || ordered) {
      switch (code) {
        case "b1":
          return DataType.BOOL;
        case "i1":
          return DataType.I8;
        case "u1":
          return DataType.U8;
        default:
          break;
      }
    }
    if (ordered) {
      switch (code) {
        case "i2":
          return DataType.I16;
        case "i4":
          return DataType.I32;
        case "i8":
          return DataType.I64;
        case "u2":
          return DataType.U16;
        case "u4":
          return DataType.U32;
        case "f4":
          return DataType.F32;
        case "f8":
          return DataType.F64;
        case "M8[us]":
          return DataType.TIMESTAMP_MICROS;
        default:
          break;
      }
    }
    throw unsupported("type '" + descriptor + "'", remedy(code), place);
  }

  /** The byte order in a descriptor that {@link #type} knows. */
  static ByteOrder order(String descriptor) {
    return descriptor.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  static UnsupportedFormatException unsupported(String what, String remedy, String place) {
    return new UnsupportedFormatException(
        place, place + " has elements of " + what + ", which is not mapped", remedy);
  }

  private static String remedy(String code) {
    if (code.startsWith("O")) {
      return "Objects are stored as pickles, which are programs; they are never read. Save numbers"
          + " instead.";
    }
    if (code.startsWith("M8")) {
      return "Save it with astype('M8[us]'): timestamps count microseconds.";
    }
    if (code.startsWith("U") || code.startsWith("S")) {
      return "Text has its place in a table: import it from CSV, Parquet or Arrow.";
    }
    return switch (code) {
      case "u8" -> "Save it with astype('i8'), if no value exceeds 2^63 - 1.";
      case "f2" -> "Save it with astype('f4').";
      default -> "The types are b1 i1 i2 i4 i8 u1 u2 u4 f4 f8 and M8[us]; save it with astype.";
    };
  }
}
