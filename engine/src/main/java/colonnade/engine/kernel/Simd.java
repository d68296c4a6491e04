package colonnade.engine.kernel;

/**
 * The SIMD loops, made when this class is first used, which takes a while: only {@link Trainer} and
 * {@link Kernels#simd()} may be first. Where there is no SIMD this class cannot be initialised.
 */
final class Simd {
  /** The loops; the same bits as the scalar ones. */
  static final Kernels KERNELS = create();

  private Simd() {}

  private static Kernels create() {
    try {
      return (Kernels)
          Class.forName("colonnade.engine.kernel.simd.SimdKernels").getConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError failure) {
      throw new IllegalStateException("no SIMD kernels on this JVM", failure);
    }
  }
}
