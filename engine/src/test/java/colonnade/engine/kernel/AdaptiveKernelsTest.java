package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.DataType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AdaptiveKernelsTest extends LoopTest {
  @Test
  void isTheScalarLoopsWhereThereIsNoModule() {
    boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(Kernels.adaptive() == Kernels.scalar()).isEqualTo(!there);
    if (!there) {
      assertThat(Kernels.simd()).isEmpty();
    }
  }

  @Test
  void delegatesEveryLoopThatSimdHas() {
    var simd = Kernels.simd();
    assumeTrue(simd.isPresent(), "no SIMD: the JVM runs without jdk.incubator.vector");
    assertThat(signatures(AdaptiveKernels.class)).containsAll(signatures(simd.get().getClass()));
  }

  /** What a class or its interfaces define beyond the specification. */
  private static Set<String> signatures(Class<?> type) {
    Set<String> found = new TreeSet<>();
    for (Method method : type.getMethods()) {
      boolean isLoop =
          Kernels.class.isAssignableFrom(method.getDeclaringClass())
              && method.getDeclaringClass() != Kernels.class;
      if (isLoop && !method.isBridge()) {
        found.add(method.getName() + Arrays.toString(method.getParameterTypes()));
      }
    }
    return found;
  }

  @Test
  void trainsATwinAndThenUsesIt() {
    assumeTrue(Kernels.simd().isPresent(), "no SIMD: the JVM runs without jdk.incubator.vector");
    Twin twin = Twin.maskRangeF64;
    boolean before = twin.fast;
    twin.fast = false;
    Trainer.train(twin);
    assertThat(Kernels.adaptive().masksFast(DataType.F64)).isEqualTo(twin.fast);
    twin.fast |= before;
  }
}
