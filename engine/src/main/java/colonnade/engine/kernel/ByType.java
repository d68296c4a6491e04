package colonnade.engine.kernel;

import colonnade.DataType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Calls the loop for a type that is known only at run time: one switch per batch. Dates count as
 * i32, timestamps as i64, booleans as u8; dictionary codes are asked for as u8, u16 or i32.
 */
public final class ByType {
  private ByType() {}

  /** Casts values of {@code type} to f64; f64 itself is copied. */
  public static void castToF64(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      int @Nullable [] rows,
      int n,
      MemorySegment out,
      long outOffset) {
    switch (type) {
      case I8 -> kernels.castI8ToF64(values, offset, rows, n, out, outOffset);
      case I16 -> kernels.castI16ToF64(values, offset, rows, n, out, outOffset);
      case I32, DATE -> kernels.castI32ToF64(values, offset, rows, n, out, outOffset);
      case I64, TIMESTAMP_MICROS -> kernels.castI64ToF64(values, offset, rows, n, out, outOffset);
      case U8, BOOL -> kernels.castU8ToF64(values, offset, rows, n, out, outOffset);
      case U16 -> kernels.castU16ToF64(values, offset, rows, n, out, outOffset);
      case U32 -> kernels.castU32ToF64(values, offset, rows, n, out, outOffset);
      case F32 -> kernels.castF32ToF64(values, offset, rows, n, out, outOffset);
      case F64 -> {
        if (rows == null) {
          kernels.copy(values, offset, 8L * n, out, outOffset);
        } else {
          kernels.copyRows8(values, offset, rows, n, out, outOffset);
        }
      }
      case UTF8, BINARY -> throw none(type);
    }
  }

  /** Casts values of {@code type} to i64; i64 itself is copied. */
  public static void castToI64(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      int @Nullable [] rows,
      int n,
      MemorySegment out,
      long outOffset) {
    switch (type) {
      case I8 -> kernels.castI8ToI64(values, offset, rows, n, out, outOffset);
      case I16 -> kernels.castI16ToI64(values, offset, rows, n, out, outOffset);
      case I32, DATE -> kernels.castI32ToI64(values, offset, rows, n, out, outOffset);
      case U8, BOOL -> kernels.castU8ToI64(values, offset, rows, n, out, outOffset);
      case U16 -> kernels.castU16ToI64(values, offset, rows, n, out, outOffset);
      case U32 -> kernels.castU32ToI64(values, offset, rows, n, out, outOffset);
      case I64, TIMESTAMP_MICROS -> {
        if (rows == null) {
          kernels.copy(values, offset, 8L * n, out, outOffset);
        } else {
          kernels.copyRows8(values, offset, rows, n, out, outOffset);
        }
      }
      case F32, F64, UTF8, BINARY -> throw none(type);
    }
  }

  /** Casts i64 to values of {@code type}; returns {@link Casts} flags. */
  public static int castI64To(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      int @Nullable [] rows,
      int n,
      MemorySegment out,
      long outOffset) {
    return switch (type) {
      case I8 -> kernels.castI64ToI8(values, offset, rows, n, out, outOffset);
      case I16 -> kernels.castI64ToI16(values, offset, rows, n, out, outOffset);
      case I32, DATE -> kernels.castI64ToI32(values, offset, rows, n, out, outOffset);
      case U8, BOOL -> kernels.castI64ToU8(values, offset, rows, n, out, outOffset);
      case U16 -> kernels.castI64ToU16(values, offset, rows, n, out, outOffset);
      case U32 -> kernels.castI64ToU32(values, offset, rows, n, out, outOffset);
      case F32 -> {
        kernels.castI64ToF32(values, offset, rows, n, out, outOffset);
        yield 0;
      }
      case F64 -> {
        kernels.castI64ToF64(values, offset, rows, n, out, outOffset);
        yield 0;
      }
      case I64, TIMESTAMP_MICROS, UTF8, BINARY -> throw none(type);
    };
  }

  /** Casts f64 to values of {@code type}; returns {@link Casts} flags. */
  public static int castF64To(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      int @Nullable [] rows,
      int n,
      MemorySegment out,
      long outOffset) {
    return switch (type) {
      case I8 -> kernels.castF64ToI8(values, offset, rows, n, out, outOffset);
      case I16 -> kernels.castF64ToI16(values, offset, rows, n, out, outOffset);
      case I32, DATE -> kernels.castF64ToI32(values, offset, rows, n, out, outOffset);
      case I64, TIMESTAMP_MICROS -> kernels.castF64ToI64(values, offset, rows, n, out, outOffset);
      case U8, BOOL -> kernels.castF64ToU8(values, offset, rows, n, out, outOffset);
      case U16 -> kernels.castF64ToU16(values, offset, rows, n, out, outOffset);
      case U32 -> kernels.castF64ToU32(values, offset, rows, n, out, outOffset);
      case F32 -> kernels.castF64ToF32(values, offset, rows, n, out, outOffset);
      case F64, UTF8, BINARY -> throw none(type);
    };
  }

  /** The least of {@code found} and the listed rows, for integral types. */
  public static long min(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      int @Nullable [] rows,
      int n,
      long found) {
    return switch (type) {
      case I8 -> kernels.minI8(values, offset, rows, n, found);
      case I16 -> kernels.minI16(values, offset, rows, n, found);
      case I32, DATE -> kernels.minI32(values, offset, rows, n, found);
      case I64, TIMESTAMP_MICROS -> kernels.minI64(values, offset, rows, n, found);
      case U8, BOOL -> kernels.minU8(values, offset, rows, n, found);
      case U16 -> kernels.minU16(values, offset, rows, n, found);
      case U32 -> kernels.minU32(values, offset, rows, n, found);
      case F32, F64, UTF8, BINARY -> throw none(type);
    };
  }

  /** The least of {@code found} and the rows whose bit is set, for integral types. */
  public static long minMasked(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      long[] words,
      int n,
      long found) {
    return switch (type) {
      case I8 -> kernels.minMaskedI8(values, offset, words, n, found);
      case I16 -> kernels.minMaskedI16(values, offset, words, n, found);
      case I32, DATE -> kernels.minMaskedI32(values, offset, words, n, found);
      case I64, TIMESTAMP_MICROS -> kernels.minMaskedI64(values, offset, words, n, found);
      case U8, BOOL -> kernels.minMaskedU8(values, offset, words, n, found);
      case U16 -> kernels.minMaskedU16(values, offset, words, n, found);
      case U32 -> kernels.minMaskedU32(values, offset, words, n, found);
      case F32, F64, UTF8, BINARY -> throw none(type);
    };
  }

  /** The greatest of {@code found} and the listed rows, for integral types. */
  public static long max(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      int @Nullable [] rows,
      int n,
      long found) {
    return switch (type) {
      case I8 -> kernels.maxI8(values, offset, rows, n, found);
      case I16 -> kernels.maxI16(values, offset, rows, n, found);
      case I32, DATE -> kernels.maxI32(values, offset, rows, n, found);
      case I64, TIMESTAMP_MICROS -> kernels.maxI64(values, offset, rows, n, found);
      case U8, BOOL -> kernels.maxU8(values, offset, rows, n, found);
      case U16 -> kernels.maxU16(values, offset, rows, n, found);
      case U32 -> kernels.maxU32(values, offset, rows, n, found);
      case F32, F64, UTF8, BINARY -> throw none(type);
    };
  }

  /** The greatest of {@code found} and the rows whose bit is set, for integral types. */
  public static long maxMasked(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      long[] words,
      int n,
      long found) {
    return switch (type) {
      case I8 -> kernels.maxMaskedI8(values, offset, words, n, found);
      case I16 -> kernels.maxMaskedI16(values, offset, words, n, found);
      case I32, DATE -> kernels.maxMaskedI32(values, offset, words, n, found);
      case I64, TIMESTAMP_MICROS -> kernels.maxMaskedI64(values, offset, words, n, found);
      case U8, BOOL -> kernels.maxMaskedU8(values, offset, words, n, found);
      case U16 -> kernels.maxMaskedU16(values, offset, words, n, found);
      case U32 -> kernels.maxMaskedU32(values, offset, words, n, found);
      case F32, F64, UTF8, BINARY -> throw none(type);
    };
  }

  /** Adds the listed rows of an integral type to a 128-bit total. */
  public static void sum(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      int @Nullable [] rows,
      int n,
      long[] total) {
    switch (type) {
      case I8 -> Accumulators.add(kernels.sumI8(values, offset, rows, n), total);
      case I16 -> Accumulators.add(kernels.sumI16(values, offset, rows, n), total);
      case I32, DATE -> Accumulators.add(kernels.sumI32(values, offset, rows, n), total);
      case I64, TIMESTAMP_MICROS -> kernels.sumI64(values, offset, rows, n, total);
      case U8, BOOL -> Accumulators.add(kernels.sumU8(values, offset, rows, n), total);
      case U16 -> Accumulators.add(kernels.sumU16(values, offset, rows, n), total);
      case U32 -> Accumulators.add(kernels.sumU32(values, offset, rows, n), total);
      case F32, F64, UTF8, BINARY -> throw none(type);
    }
  }

  /** Adds the rows whose bit is set of an integral type to a 128-bit total. */
  public static void sumMasked(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      long[] words,
      int n,
      long[] total) {
    switch (type) {
      case I8 -> Accumulators.add(kernels.sumMaskedI8(values, offset, words, n), total);
      case I16 -> Accumulators.add(kernels.sumMaskedI16(values, offset, words, n), total);
      case I32, DATE -> Accumulators.add(kernels.sumMaskedI32(values, offset, words, n), total);
      case I64, TIMESTAMP_MICROS -> kernels.sumMaskedI64(values, offset, words, n, total);
      case U8, BOOL -> Accumulators.add(kernels.sumMaskedU8(values, offset, words, n), total);
      case U16 -> Accumulators.add(kernels.sumMaskedU16(values, offset, words, n), total);
      case U32 -> Accumulators.add(kernels.sumMaskedU32(values, offset, words, n), total);
      case F32, F64, UTF8, BINARY -> throw none(type);
    }
  }

  /** Calls {@code index…} of {@link KeyKernels} for an integral type. */
  public static void index(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      @Nullable MemorySegment validity,
      long validityOffset,
      int @Nullable [] rows,
      int n,
      long min,
      int stride,
      int nullDigit,
      boolean add,
      int[] groups) {
    switch (type) {
      case I8 ->
          kernels.indexI8(
              values,
              offset,
              validity,
              validityOffset,
              rows,
              n,
              min,
              stride,
              nullDigit,
              add,
              groups);
      case I16 ->
          kernels.indexI16(
              values,
              offset,
              validity,
              validityOffset,
              rows,
              n,
              min,
              stride,
              nullDigit,
              add,
              groups);
      case I32, DATE ->
          kernels.indexI32(
              values,
              offset,
              validity,
              validityOffset,
              rows,
              n,
              min,
              stride,
              nullDigit,
              add,
              groups);
      case I64, TIMESTAMP_MICROS ->
          kernels.indexI64(
              values,
              offset,
              validity,
              validityOffset,
              rows,
              n,
              min,
              stride,
              nullDigit,
              add,
              groups);
      case U8, BOOL ->
          kernels.indexU8(
              values,
              offset,
              validity,
              validityOffset,
              rows,
              n,
              min,
              stride,
              nullDigit,
              add,
              groups);
      case U16 ->
          kernels.indexU16(
              values,
              offset,
              validity,
              validityOffset,
              rows,
              n,
              min,
              stride,
              nullDigit,
              add,
              groups);
      case U32 ->
          kernels.indexU32(
              values,
              offset,
              validity,
              validityOffset,
              rows,
              n,
              min,
              stride,
              nullDigit,
              add,
              groups);
      case F32, F64, UTF8, BINARY -> throw none(type);
    }
  }

  /** Calls {@code pack…} of {@link KeyKernels} for an integral type. */
  public static void pack(
      Kernels kernels,
      DataType type,
      MemorySegment values,
      long offset,
      @Nullable MemorySegment validity,
      long validityOffset,
      int @Nullable [] rows,
      int n,
      long min,
      int shift,
      long nullDigit,
      boolean add,
      long[] keys) {
    switch (type) {
      case I8 ->
          kernels.packI8(
              values, offset, validity, validityOffset, rows, n, min, shift, nullDigit, add, keys);
      case I16 ->
          kernels.packI16(
              values, offset, validity, validityOffset, rows, n, min, shift, nullDigit, add, keys);
      case I32, DATE ->
          kernels.packI32(
              values, offset, validity, validityOffset, rows, n, min, shift, nullDigit, add, keys);
      case I64, TIMESTAMP_MICROS ->
          kernels.packI64(
              values, offset, validity, validityOffset, rows, n, min, shift, nullDigit, add, keys);
      case U8, BOOL ->
          kernels.packU8(
              values, offset, validity, validityOffset, rows, n, min, shift, nullDigit, add, keys);
      case U16 ->
          kernels.packU16(
              values, offset, validity, validityOffset, rows, n, min, shift, nullDigit, add, keys);
      case U32 ->
          kernels.packU32(
              values, offset, validity, validityOffset, rows, n, min, shift, nullDigit, add, keys);
      case F32, F64, UTF8, BINARY -> throw none(type);
    }
  }

  /** Calls {@code gather…} of {@link GatherKernels} for values of 1, 2, 4 or 8 bytes. */
  public static void gather(
      Kernels kernels,
      int widthBytes,
      MemorySegment values,
      long offset,
      int[] rows,
      int n,
      MemorySegment out,
      long outOffset) {
    switch (widthBytes) {
      case 1 -> kernels.gather1(values, offset, rows, n, out, outOffset);
      case 2 -> kernels.gather2(values, offset, rows, n, out, outOffset);
      case 4 -> kernels.gather4(values, offset, rows, n, out, outOffset);
      default -> kernels.gather8(values, offset, rows, n, out, outOffset);
    }
  }

  /** Calls {@code scatter…} of {@link GatherKernels} for values of 1, 2, 4 or 8 bytes. */
  public static void scatter(
      Kernels kernels,
      int widthBytes,
      MemorySegment values,
      long offset,
      int[] rows,
      int n,
      MemorySegment out,
      long outOffset) {
    switch (widthBytes) {
      case 1 -> kernels.scatter1(values, offset, rows, n, out, outOffset);
      case 2 -> kernels.scatter2(values, offset, rows, n, out, outOffset);
      case 4 -> kernels.scatter4(values, offset, rows, n, out, outOffset);
      default -> kernels.scatter8(values, offset, rows, n, out, outOffset);
    }
  }

  /** Calls {@code copyRows…} of {@link GatherKernels} for values of 1, 2, 4 or 8 bytes. */
  public static void copyRows(
      Kernels kernels,
      int widthBytes,
      MemorySegment values,
      long offset,
      int[] rows,
      int n,
      MemorySegment out,
      long outOffset) {
    switch (widthBytes) {
      case 1 -> kernels.copyRows1(values, offset, rows, n, out, outOffset);
      case 2 -> kernels.copyRows2(values, offset, rows, n, out, outOffset);
      case 4 -> kernels.copyRows4(values, offset, rows, n, out, outOffset);
      default -> kernels.copyRows8(values, offset, rows, n, out, outOffset);
    }
  }

  private static IllegalArgumentException none(DataType type) {
    return new IllegalArgumentException("no loop for values of " + type);
  }
}
