package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Values widened to the 64 bits that arithmetic works in: integral types to {@link DataType#I64},
 * numbers to {@link DataType#F64}.
 */
final class Widening extends FixedResult {
  private final BoundExpression input;

  private Widening(BoundExpression input, DataType type, Worker worker) {
    super(type, worker);
    this.input = input;
  }

  /** {@code input}, integral, with 64 bits a value; itself if it has them. */
  static BoundExpression toLong(BoundExpression input, Worker worker) {
    DataType type = input.type();
    if (type == DataType.I64 || type == DataType.TIMESTAMP_MICROS) {
      return input;
    }
    if (input instanceof ConstantExpression constant) {
      Object value = constant.value();
      Long bits = value == null ? null : Long.valueOf(FixedWidth.bits(type, value));
      return new ConstantExpression(DataType.I64, bits, worker);
    }
    return new Widening(input, DataType.I64, worker);
  }

  /** {@code input}, a number, as f64; itself if it is. */
  static BoundExpression toDouble(BoundExpression input, Worker worker) {
    DataType type = input.type();
    if (type == DataType.F64) {
      return input;
    }
    if (input instanceof ConstantExpression constant) {
      return new ConstantExpression(DataType.F64, asDouble(type, constant.value()), worker);
    }
    return new Widening(input, DataType.F64, worker);
  }

  private static @Nullable Double asDouble(DataType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (type.isIntegral()) {
      return (double) FixedWidth.bits(type, value);
    }
    double wide = ((Number) value).doubleValue();
    return type == DataType.F32 ? (double) (float) wide : wide;
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector from = input.evaluate(batch, rows);
    validity.and(from);
    int[] list = denseOrList(rows);
    int n = list == null ? rows.size() : rows.count();
    if (type() == DataType.F64) {
      castToDouble(from.type(), from.data(), from.dataOffset(), list, n);
    } else {
      castToLong(from.type(), from.data(), from.dataOffset(), list, n);
    }
  }

  private void castToDouble(
      DataType from, MemorySegment a, long offset, int @Nullable [] list, int n) {
    Kernels kernels = worker.kernels();
    switch (from) {
      case I8 -> kernels.castI8ToF64(a, offset, list, n, data, 0);
      case I16 -> kernels.castI16ToF64(a, offset, list, n, data, 0);
      case I32 -> kernels.castI32ToF64(a, offset, list, n, data, 0);
      case I64 -> kernels.castI64ToF64(a, offset, list, n, data, 0);
      case U8, BOOL -> kernels.castU8ToF64(a, offset, list, n, data, 0);
      case U16 -> kernels.castU16ToF64(a, offset, list, n, data, 0);
      case U32 -> kernels.castU32ToF64(a, offset, list, n, data, 0);
      case F32 -> kernels.castF32ToF64(a, offset, list, n, data, 0);
      case F64, DATE, TIMESTAMP_MICROS, UTF8, BINARY ->
          throw new IllegalStateException("no f64 from " + from);
    }
  }

  private void castToLong(
      DataType from, MemorySegment a, long offset, int @Nullable [] list, int n) {
    Kernels kernels = worker.kernels();
    switch (from) {
      case I8 -> kernels.castI8ToI64(a, offset, list, n, data, 0);
      case I16 -> kernels.castI16ToI64(a, offset, list, n, data, 0);
      case I32, DATE -> kernels.castI32ToI64(a, offset, list, n, data, 0);
      case U8, BOOL -> kernels.castU8ToI64(a, offset, list, n, data, 0);
      case U16 -> kernels.castU16ToI64(a, offset, list, n, data, 0);
      case U32 -> kernels.castU32ToI64(a, offset, list, n, data, 0);
      case I64, F32, F64, TIMESTAMP_MICROS, UTF8, BINARY ->
          throw new IllegalStateException("no wider integer from " + from);
    }
  }
}
