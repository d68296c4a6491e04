package colonnade.engine.exec;

import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/**
 * Narrows a {@link Selection} by one test on vectors of its batch, in the form that costs least:
 * bitmaps while many rows are kept and the loop that makes them is fast, else lists. Rows whose
 * value is null are dropped, also by negated tests, unless a method says otherwise. An empty
 * selection costs nothing. The form never changes the result.
 */
public final class SelectionKernels {
  /**
   * Fewer kept rows than one in this many are tested one by one. Q6 of the benchmark suite: 13.3 ms
   * at 8, 11.3 ms at 32, no better at 256; scattered reads cost more than whole cache lines.
   */
  private static final int SPARSE = 32;

  private SelectionKernels() {}

  /**
   * Keeps rows with {@code low <= value <= high}, or the others if {@code negate}; for integers,
   * dates, timestamps and booleans, of one bit each too. Bounds may lie outside the type's own
   * range.
   */
  public static void range(
      Kernels kernels, Vector vector, Selection kept, long low, long high, boolean negate) {
    dropNulls(kernels, vector, kept);
    if (kept.isEmpty()) {
      return;
    }
    if (vector.encoding() == Encoding.BITS) {
      boolean zeros = (low <= 0 && high >= 0) != negate;
      boolean ones = (low <= 1 && high >= 1) != negate;
      if (zeros != ones) {
        narrowByBits(kernels, vector.data(), vector.dataOffset(), zeros, kept);
      } else if (!ones) {
        kept.setList(kept.size(), 0);
      }
      return;
    }
    MemorySegment data = vector.data();
    long at = vector.dataOffset();
    int size = kept.size();
    boolean beyondInt = low > Integer.MAX_VALUE || high < Integer.MIN_VALUE;
    int intLow = beyondInt ? 1 : Math.clamp(low, Integer.MIN_VALUE, Integer.MAX_VALUE);
    int intHigh = beyondInt ? 0 : Math.clamp(high, Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (usesMask(kernels.masksFast(vector.type()), kept)) {
      long[] words = kept.toBitmap();
      switch (vector.type()) {
        case I8 -> kernels.maskRangeI8(data, at, intLow, intHigh, negate, size, words);
        case I16 -> kernels.maskRangeI16(data, at, intLow, intHigh, negate, size, words);
        case I32, DATE -> kernels.maskRangeI32(data, at, intLow, intHigh, negate, size, words);
        case I64, TIMESTAMP_MICROS ->
            kernels.maskRangeI64(data, at, low, high, negate, size, words);
        case U8, BOOL -> kernels.maskRangeU8(data, at, intLow, intHigh, negate, size, words);
        case U16 -> kernels.maskRangeU16(data, at, intLow, intHigh, negate, size, words);
        case U32 -> kernels.maskRangeU32(data, at, low, high, negate, size, words);
        case F32, F64, UTF8, BINARY -> throw none(vector);
      }
      kept.setBitmap(size);
    } else {
      int n = kept.count();
      int[] in = kept.listOrNull();
      int[] out = kept.rows();
      kept.setList(
          size,
          switch (vector.type()) {
            case I8 -> kernels.selectRangeI8(data, at, intLow, intHigh, negate, in, n, out);
            case I16 -> kernels.selectRangeI16(data, at, intLow, intHigh, negate, in, n, out);
            case I32, DATE -> kernels.selectRangeI32(data, at, intLow, intHigh, negate, in, n, out);
            case I64, TIMESTAMP_MICROS ->
                kernels.selectRangeI64(data, at, low, high, negate, in, n, out);
            case U8, BOOL -> kernels.selectRangeU8(data, at, intLow, intHigh, negate, in, n, out);
            case U16 -> kernels.selectRangeU16(data, at, intLow, intHigh, negate, in, n, out);
            case U32 -> kernels.selectRangeU32(data, at, low, high, negate, in, n, out);
            case F32, F64, UTF8, BINARY -> throw none(vector);
          });
    }
  }

  /**
   * Keeps rows with {@code low <= value <= high}, or the others (so NaN too) if {@code negate}; for
   * f64 and f32. For f32 the bounds must be values of f32.
   */
  public static void range(
      Kernels kernels, Vector vector, Selection kept, double low, double high, boolean negate) {
    dropNulls(kernels, vector, kept);
    if (kept.isEmpty()) {
      return;
    }
    MemorySegment data = vector.data();
    long at = vector.dataOffset();
    int size = kept.size();
    if (usesMask(kernels.masksFast(vector.type()), kept)) {
      long[] words = kept.toBitmap();
      switch (vector.type()) {
        case F32 -> kernels.maskRangeF32(data, at, (float) low, (float) high, negate, size, words);
        case F64 -> kernels.maskRangeF64(data, at, low, high, negate, size, words);
        default -> throw none(vector);
      }
      kept.setBitmap(size);
    } else {
      int n = kept.count();
      int[] in = kept.listOrNull();
      int[] out = kept.rows();
      kept.setList(
          size,
          switch (vector.type()) {
            case F32 ->
                kernels.selectRangeF32(data, at, (float) low, (float) high, negate, in, n, out);
            case F64 -> kernels.selectRangeF64(data, at, low, high, negate, in, n, out);
            default -> throw none(vector);
          });
    }
  }

  /**
   * Keeps rows whose dictionary code has a one in {@code table}, which has an entry per code. Plain
   * integers of one or two bytes count as codes by their bits.
   */
  public static void codes(Kernels kernels, Vector vector, Selection kept, byte[] table) {
    dropNulls(kernels, vector, kept);
    if (kept.isEmpty()) {
      return;
    }
    MemorySegment data = vector.data();
    long at = vector.dataOffset();
    int size = kept.size();
    int width = vector.isCoded() ? vector.codeWidthBytes() : vector.type().widthBytes();
    boolean fast = width == 1 && kernels.codeMasksFast();
    if (usesMask(fast || kept.form() == Selection.Form.BITMAP, kept)) {
      long[] words = kept.toBitmap();
      switch (width) {
        case 1 -> kernels.maskCodesU8(data, at, table, size, words);
        case 2 -> kernels.maskCodesU16(data, at, table, size, words);
        default -> kernels.maskCodesI32(data, at, table, size, words);
      }
      kept.setBitmap(size);
      return;
    }
    int n = kept.count();
    int[] in = kept.listOrNull();
    int[] out = kept.rows();
    kept.setList(
        size,
        switch (width) {
          case 1 -> kernels.selectCodesU8(data, at, table, in, n, out);
          case 2 -> kernels.selectCodesU16(data, at, table, in, n, out);
          default -> kernels.selectCodesI32(data, at, table, in, n, out);
        });
  }

  /** Keeps rows whose boolean, of a byte or a bit, is true. */
  public static void isTrue(Kernels kernels, Vector vector, Selection kept) {
    dropNulls(kernels, vector, kept);
    if (kept.isEmpty()) {
      return;
    }
    if (vector.encoding() == Encoding.BITS) {
      narrowByBits(kernels, vector.data(), vector.dataOffset(), false, kept);
      return;
    }
    if (kept.form() == Selection.Form.LIST) {
      int[] rows = kept.rows();
      kept.setList(
          kept.size(),
          kernels.selectTrue(vector.data(), vector.dataOffset(), rows, kept.count(), rows));
    } else {
      long[] words = kept.toBitmap();
      kernels.maskTrue(vector.data(), vector.dataOffset(), kept.size(), words);
      kept.setBitmap(kept.size());
    }
  }

  /** Keeps rows whose value is not null. */
  public static void dropNulls(Kernels kernels, Vector vector, Selection kept) {
    MemorySegment validity = vector.validity();
    if (validity != null && !kept.isEmpty()) {
      narrowByBits(kernels, validity, vector.validityOffset(), false, kept);
    }
  }

  /** Keeps rows whose value is null. */
  public static void keepNulls(Kernels kernels, Vector vector, Selection kept) {
    MemorySegment validity = vector.validity();
    if (validity == null) {
      kept.setList(kept.size(), 0);
    } else if (!kept.isEmpty()) {
      narrowByBits(kernels, validity, vector.validityOffset(), true, kept);
    }
  }

  private static void narrowByBits(
      Kernels kernels, MemorySegment bits, long offset, boolean negate, Selection kept) {
    int size = kept.size();
    if (kept.form() == Selection.Form.LIST) {
      int[] rows = kept.rows();
      kept.setList(size, kernels.selectValid(bits, offset, negate, rows, kept.count(), rows));
    } else {
      long[] words = kept.toBitmap();
      kernels.maskValid(bits, offset, negate, size, words);
      kept.setBitmap(size);
    }
  }

  private static boolean usesMask(boolean maskIsFast, Selection kept) {
    return maskIsFast && kept.count() * SPARSE >= kept.size();
  }

  private static IllegalArgumentException none(Vector vector) {
    return new IllegalArgumentException("no range in a vector of " + vector.type());
  }
}
