package colonnade.engine.exec.hash;

import colonnade.DataType;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A value of fixed width as 64 bits, a cell: integers, booleans and temporal types widened,
 * dictionary codes as they are, floating point as the bits of the double. Reads the rows of a
 * vector into arrays, one loop per type; codes of numbers are read as what they stand for. {@code
 * rows} names the rows wanted in increasing order; null means rows {@code 0 .. count - 1}. What a
 * null row gives is undefined. Nothing is allocated.
 */
public final class Cells {
  private Cells() {}

  /** Integral values, or the codes of a dictionary. */
  public static void longs(Vector vector, int @Nullable [] rows, int count, long[] out) {
    CellLoops.longs(layout(vector), vector.data(), vector.dataOffset(), rows, count, out);
    NumberCode code = vector.numberCode();
    if (code != null && code.base() != 0) {
      long base = code.base();
      for (int i = 0; i < count; i++) {
        out[i] += base;
      }
    }
  }

  /** Numbers of any type as doubles. */
  public static void doubles(Vector vector, int @Nullable [] rows, int count, double[] out) {
    CellLoops.doubles(layout(vector), vector.data(), vector.dataOffset(), rows, count, out);
    NumberCode code = vector.numberCode();
    if (code != null) {
      long base = code.base();
      double divisor = code.divisor();
      for (int i = 0; i < count; i++) {
        out[i] = (double) ((long) out[i] + base) / divisor;
      }
    }
  }

  /**
   * Adds {@code (value - least) * stride} to the slot of each row, in 32-bit arithmetic: the caller
   * knows that the sum fits.
   */
  public static void addSlots(
      Vector vector, int @Nullable [] rows, int count, long least, int stride, int[] slots) {
    NumberCode code = vector.numberCode();
    long leastCode = code == null ? least : least - code.base();
    CellLoops.slots(
        layout(vector), vector.data(), vector.dataOffset(), rows, count, leastCode, stride, slots);
  }

  /**
   * Packs one key of several: sets the bits of {@code (value - least) << shift} in the number of
   * each row.
   */
  public static void orDigits(
      Vector vector, int @Nullable [] rows, int count, long least, int shift, long[] packed) {
    NumberCode code = vector.numberCode();
    long leastCode = code == null ? least : least - code.base();
    CellLoops.digits(
        layout(vector), vector.data(), vector.dataOffset(), rows, count, leastCode, shift, packed);
  }

  /** Adds integers of up to 32 bits, or codes of integers, to the sums of their rows' groups. */
  public static void addLongs(
      Vector vector, int @Nullable [] rows, int count, int[] groups, long[] sums) {
    NumberCode code = vector.numberCode();
    long base = code == null ? 0 : code.base();
    CellLoops.add(
        layout(vector), vector.data(), vector.dataOffset(), rows, count, base, groups, sums);
  }

  /**
   * Adds floating-point values to the sums of their rows' groups: each group has {@code lanes}, a
   * power of two, of which row {@code r} of the vector is added to number {@code (shift + r) %
   * lanes}.
   */
  public static void addDoubles(
      Vector vector,
      int @Nullable [] rows,
      int count,
      int[] groups,
      int lanes,
      int shift,
      double[] sums) {
    MemorySegment data = vector.data();
    long offset = vector.dataOffset();
    if (layout(vector) == DataType.F32) {
      CellLoops.addF32(data, offset, rows, count, groups, lanes, shift, sums);
    } else {
      CellLoops.addF64(data, offset, rows, count, groups, lanes, shift, sums);
    }
  }

  /** Any value of fixed width, without change: floating point as the raw bits of the double. */
  public static void raw(Vector vector, int @Nullable [] rows, int count, long[] out) {
    if (!vector.type().isFloating()) {
      longs(vector, rows, count, out);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[i] = Double.doubleToRawLongBits(vector.doubleAt(rows == null ? i : rows[i]));
    }
  }

  /**
   * Any value of fixed width such that equal values have equal cells: all NaN are one, and so are
   * both zeros.
   */
  public static void comparable(Vector vector, int @Nullable [] rows, int count, long[] out) {
    if (!vector.type().isFloating()) {
      longs(vector, rows, count, out);
      return;
    }
    for (int i = 0; i < count; i++) {
      out[i] = comparable(vector.doubleAt(rows == null ? i : rows[i]));
    }
  }

  /** The cell of a floating-point value that is equal for equal values. */
  public static long comparable(double value) {
    return Double.doubleToLongBits(value + 0.0);
  }

  /** The type whose plain layout the vector's data has. */
  private static DataType layout(Vector vector) {
    if (vector.isCoded() || vector.isNumberCoded()) {
      return switch (vector.codeWidthBytes()) {
        case 1 -> DataType.U8;
        case 2 -> DataType.U16;
        default -> vector.isCoded() ? DataType.I32 : DataType.U32;
      };
    }
    return switch (vector.type()) {
      case BOOL -> DataType.U8;
      case DATE -> DataType.I32;
      case TIMESTAMP_MICROS -> DataType.I64;
      default -> vector.type();
    };
  }
}
