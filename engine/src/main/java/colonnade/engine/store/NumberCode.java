package colonnade.engine.store;

import colonnade.DataType;

/**
 * What the unsigned codes of a narrow or scaled column stand for: code {@code c} is the number
 * {@code (base + c) / 10^decimals}. The sum is exact; the division, for scaled columns only, is
 * correctly rounded, so that each code has one value, bit for bit. Values never fall as codes grow.
 * An immutable value.
 *
 * @param base the number that code 0 stands for, times {@code 10^decimals}
 * @param decimals 0 for integers and temporal types
 */
public record NumberCode(long base, int decimals) {
  /** Most decimals: beyond them no range of codes is of use. */
  public static final int MAX_DECIMALS = 15;

  /** Bases of scaled columns lie within this: with any code added, doubles hold them exactly. */
  public static final long MAX_SCALED_BASE = 1L << 51;

  private static final double[] POWERS = new double[MAX_DECIMALS + 1];

  static {
    long power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  /** {@code 10^decimals}, exactly. */
  static double power(int decimals) {
    return POWERS[decimals];
  }

  /** What the numbers are divided by. */
  public double divisor() {
    return POWERS[decimals];
  }

  /** The integer that {@code code} stands for, before any division. */
  public long longOf(long code) {
    return base + code;
  }

  /** The double that {@code code} stands for. */
  public double doubleOf(long code) {
    return (double) (base + code) / POWERS[decimals];
  }

  /** The greatest code of a width. */
  public static long greatestCode(int codeWidthBytes) {
    return (1L << 8 * codeWidthBytes) - 1;
  }

  /** The encoding that columns of this type may have beside plain, or plain if there is none. */
  public static Encoding encodingOf(DataType type) {
    return switch (type) {
      case I16, U16, I32, U32, I64, DATE, TIMESTAMP_MICROS -> Encoding.NARROW;
      case F64 -> Encoding.SCALED;
      case BOOL, I8, U8, F32, UTF8, BINARY -> Encoding.PLAIN;
    };
  }

  /** The widest codes that pay for a type: half its width. */
  public static int widestCodeBytes(DataType type) {
    return type.widthBytes() / 2;
  }

  /** The least base for a type. */
  public static long leastBase(DataType type) {
    return switch (type) {
      case I16 -> Short.MIN_VALUE;
      case I32, DATE -> Integer.MIN_VALUE;
      case I64, TIMESTAMP_MICROS -> Long.MIN_VALUE;
      case F64 -> -MAX_SCALED_BASE;
      default -> 0;
    };
  }

  /** The greatest number that a code of this type may stand for, before any division. */
  public static long greatestNumber(DataType type) {
    return switch (type) {
      case I16 -> Short.MAX_VALUE;
      case U16 -> 0xffff;
      case I32, DATE -> Integer.MAX_VALUE;
      case U32 -> 0xffff_ffffL;
      case F64 -> MAX_SCALED_BASE + greatestCode(Integer.BYTES);
      default -> Long.MAX_VALUE;
    };
  }

  /** Whether no code of this width overflows the type. */
  public boolean suits(DataType type, int codeWidthBytes) {
    return base >= leastBase(type)
        && base <= greatestNumber(type) - greatestCode(codeWidthBytes)
        && decimals >= 0
        && decimals <= (type == DataType.F64 ? MAX_DECIMALS : 0);
  }
}
