package colonnade.engine.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The implementations that every test of loops runs against. */
enum Subject {
  SCALAR,
  SIMD,
  /** All twins in use, so that each is reached through its own delegation. */
  ADAPTIVE;

  /** The loops; skips the test where this JVM has no SIMD. */
  Kernels kernels() {
    if (this == SCALAR) {
      return Kernels.scalar();
    }
    var simd = Kernels.simd();
    assumeTrue(simd.isPresent(), "no SIMD: the JVM runs without jdk.incubator.vector");
    if (this == ADAPTIVE) {
      for (Twin twin : Twin.values()) {
        twin.fast = true;
      }
      return Kernels.adaptive();
    }
    return simd.get();
  }
}
