package colonnade.engine.kernel;

/** Which loops queries use at the moment; for tests of other packages. */
public final class KernelsInUse {
  private KernelsInUse() {}

  /** Whether sums of plain f64 columns are computed by SIMD. */
  public static boolean sumIsSimd() {
    return Twin.sumF64.fast;
  }
}
