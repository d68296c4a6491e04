package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.PackedBits;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Turns codes of numbers and bits into the values they stand for, in memory of its own: for all
 * rows of a batch, or only for those kept where they are few. Belongs to one column of one worker's
 * batches.
 */
public final class Decoder {
  /** With fewer rows kept than one in this many, a list of them costs less than all rows. */
  private static final int SPARSE = 8;

  private final Worker worker;
  private MemorySegment data = MemorySegment.NULL;

  Decoder(Worker worker) {
    this.worker = worker;
  }

  /** The rows of {@code rows}, plain; valid until the next call. */
  Vector decode(Vector encoded, Selection rows) {
    DataType type = encoded.type();
    long bytes = (long) worker.batchRows() * type.widthBytes();
    if (data.byteSize() < bytes) {
      data = worker.scratch(bytes);
    }
    boolean dense =
        rows.isAll() || encoded.encoding() == Encoding.BITS || SPARSE * rows.count() >= rows.size();
    int[] list = dense ? null : rows.toList();
    decode(worker.kernels(), encoded, list, dense ? rows.size() : rows.count(), data);
    return Vector.fixed(type, data, 0, encoded.validity(), encoded.validityOffset());
  }

  /** The first {@code count} rows of {@code encoded}, plain, in memory of {@code region}. */
  public static Vector decode(
      Kernels kernels, Vector encoded, int count, QueryMemory.Region region) {
    DataType type = encoded.type();
    MemorySegment out = region.allocate((long) count * type.widthBytes());
    decode(kernels, encoded, null, count, out);
    return Vector.fixed(type, out, 0, encoded.validity(), encoded.validityOffset());
  }

  /** As many rows of one block's constant, plain, in memory of {@code region}. */
  static Vector repeat(Vector block, int blockRows, int count, QueryMemory.Region region) {
    int width = block.type().widthBytes();
    MemorySegment out = region.allocate((long) count * width);
    for (long row = 0; row < count; row += blockRows) {
      long bytes = Math.min(blockRows, count - row) * width;
      MemorySegment.copy(block.data(), block.dataOffset(), out, row * width, bytes);
    }
    return Vector.fixed(block.type(), out, 0, block.validity(), block.validityOffset());
  }

  private static void decode(
      Kernels kernels, Vector encoded, int @Nullable [] rows, int n, MemorySegment out) {
    if (encoded.encoding() == Encoding.BITS) {
      PackedBits.unpack(encoded.data(), encoded.dataOffset(), n, out, 0);
      return;
    }
    NumberCode code = encoded.numberCode();
    if (code == null) {
      throw new IllegalStateException("no codes of numbers in a vector of " + encoded.encoding());
    }
    MemorySegment codes = encoded.data();
    long at = encoded.dataOffset();
    long base = code.base();
    int width = encoded.codeWidthBytes();
    switch (encoded.type()) {
      case I16, U16 -> kernels.decodeU8ToI16(codes, at, rows, n, base, out, 0);
      case I32, U32, DATE -> {
        switch (width) {
          case 1 -> kernels.decodeU8ToI32(codes, at, rows, n, base, out, 0);
          default -> kernels.decodeU16ToI32(codes, at, rows, n, base, out, 0);
        }
      }
      case I64, TIMESTAMP_MICROS -> {
        switch (width) {
          case 1 -> kernels.decodeU8ToI64(codes, at, rows, n, base, out, 0);
          case 2 -> kernels.decodeU16ToI64(codes, at, rows, n, base, out, 0);
          default -> kernels.decodeU32ToI64(codes, at, rows, n, base, out, 0);
        }
      }
      case F64 -> {
        double divisor = code.divisor();
        switch (width) {
          case 1 -> kernels.decodeU8ToF64(codes, at, rows, n, base, divisor, out, 0);
          case 2 -> kernels.decodeU16ToF64(codes, at, rows, n, base, divisor, out, 0);
          default -> kernels.decodeU32ToF64(codes, at, rows, n, base, divisor, out, 0);
        }
      }
      case BOOL, I8, U8, F32, UTF8, BINARY ->
          throw new IllegalStateException("no codes of numbers for " + encoded.type());
    }
  }
}
