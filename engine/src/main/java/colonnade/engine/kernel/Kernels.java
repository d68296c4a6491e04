package colonnade.engine.kernel;

import colonnade.DataType;
import java.util.Optional;

/**
 * The batch loops of the engine: one call, one batch. The default methods of the families are the
 * scalar loops, and those are the specification: every other implementation gives the same bits.
 * Safe for all threads; holds no state of a query.
 *
 * <p>What all loops have in common:
 *
 * <ul>
 *   <li>Values, but not the text of {@link MarkKernels}, are read from native memory at a byte
 *       offset, little-endian, in whatever alignment. {@code values[i]} is at {@code offset + i *
 *       width}.
 *   <li>{@code rows} lists row numbers of the batch in increasing order, {@code n} of them; a null
 *       list means rows {@code 0 .. n - 1}.
 *   <li>{@code words} is a bitmap over rows {@code 0 .. n - 1}: bit {@code i % 64} of word {@code i
 *       / 64}. The {@code mask…} loops only clear bits, and all bits beyond the last row.
 *   <li>Results per row go to the row's own place in {@code out}, unless a loop says that it writes
 *       densely.
 *   <li>Arguments are not checked, nothing is allocated, nulls are ignored: who has a validity
 *       narrows the selection by it, or combines validities beside the values.
 * </ul>
 */
public interface Kernels
    extends RangeKernels,
        CodeKernels,
        MemberKernels,
        ListKernels,
        CompareKernels,
        ValidityKernels,
        BooleanKernels,
        FloatArithmeticKernels,
        IntegerArithmeticKernels,
        CastKernels,
        DecodeKernels,
        SumKernels,
        ExtremeKernels,
        GatherKernels,
        TextKernels,
        MarkKernels {
  /**
   * Whether {@code maskRange…} of this type costs less than {@code selectRange…} over all rows now.
   * May change from call to call, never the result; asking counts as a use.
   */
  default boolean masksFast(DataType type) {
    return false;
  }

  /** The same of {@code maskCodesU8}. */
  default boolean codeMasksFast() {
    return false;
  }

  /**
   * Whether {@code sumMaskedF64} for each of a few groups costs less than one loop over all rows
   * and their groups now. Five sums of four groups: 9.0 ns a row by that loop, 1.8 by SIMD, 11.7 by
   * scalar bitmaps. As {@link #masksFast}, asking counts as a use.
   */
  default boolean maskedSumsFast() {
    return false;
  }

  /** The scalar loops. */
  static Kernels scalar() {
    return ScalarKernels.INSTANCE;
  }

  /**
   * The SIMD loops from the first call on, for tests and benchmarks; empty where the JVM runs
   * without {@code --add-modules jdk.incubator.vector} or the machine has no vectors.
   */
  static Optional<Kernels> simd() {
    if (!SimdModule.IS_THERE) {
      return Optional.empty();
    }
    try {
      return Optional.of(Simd.KERNELS);
    } catch (LinkageError failure) {
      return Optional.empty();
    }
  }

  /**
   * The loops for queries: scalar ones, each replaced by its SIMD twin for the whole process once
   * that is compiled, in the background, and was measured faster. The scalar loops where there is
   * no SIMD. A fault in mapped memory is an {@link InternalError} in both.
   *
   * @param sample mapped memory for training
   */
  static Kernels adaptive(MappedSample sample) {
    Trainer.useSample(sample);
    return adaptive();
  }

  /** The same without mapped memory for training, for tests. */
  static Kernels adaptive() {
    return SimdModule.IS_THERE ? AdaptiveKernels.INSTANCE : ScalarKernels.INSTANCE;
  }
}
