package colonnade.engine.kernel.simd;

import colonnade.DataType;
import colonnade.engine.kernel.Kernels;

/**
 * The loops that gain from the Vector API; the others are the scalar ones. Gives the same bits as
 * the specification. Before the compiler has seen a loop often enough it is 10 to 100 times slower
 * than the scalar one, so queries get it through {@link Kernels#adaptive()}. Each loop that reads
 * memory calls {@link CatchableFault}.
 */
public final class SimdKernels
    implements SimdRangeKernels,
        SimdCompareKernels,
        SimdFloatArithmeticKernels,
        SimdIntegerArithmeticKernels,
        SimdCastKernels,
        SimdDecodeKernels,
        SimdSumKernels,
        SimdExtremeKernels,
        SimdTextKernels,
        SimdMarkKernels,
        SimdCodeKernels,
        SimdListKernels {
  /** Made by name, when the module is there. */
  public SimdKernels() {}

  @Override
  public boolean masksFast(DataType type) {
    return !type.isVariable();
  }

  @Override
  public boolean codeMasksFast() {
    return true;
  }

  @Override
  public boolean maskedSumsFast() {
    return true;
  }
}
