package colonnade.engine.exec;

import colonnade.engine.kernel.Kernels;

/** The kernels that a query's options ask for. */
final class KernelChoice {
  private KernelChoice() {}

  static Kernels of(QueryOptions options) {
    return options.simd() ? Kernels.adaptive() : Kernels.scalar();
  }
}
