package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.DataType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /**
   * Both loops of a batch of 4,096 rows wait for the compiler where that takes many microseconds.
   */
  @Test
  void usesNoTwinThatIsAheadBecauseNeitherIsCompiled() {
    assertThat(Trainer.isAhead(440, 3_876)).isTrue();
    assertThat(Trainer.isAhead(134_872, 195_682)).isFalse();
    assertThat(Trainer.isAhead(11_246, 2_854)).isFalse();
    assertThat(Trainer.isAhead(950, 1_000)).isFalse();
  }

  /** A machine that was too busy to train a loop once is not left with the scalar one for good. */
  @Test
  void asksForATrainingInVainAgainAfterManyMoreCalls() {
    assumeTrue(Kernels.simd().isPresent(), "no SIMD: the JVM runs without jdk.incubator.vector");
    Twin twin = Twin.countNaNF32;
    assumeFalse(twin.fast || Trainer.isRequested(twin), "another test has used the loop");
    twin.askLater();
    for (int call = 0; call < 64 * Twin.USES - 1; call++) {
      twin.isFast();
    }
    assertThat(Trainer.isRequested(twin)).isFalse();
    twin.isFast();
    assertThat(Trainer.isRequested(twin)).isTrue();
  }

  @Test
  void readsMappedMemoryToItsLastByteAndNotBeyond(@TempDir Path folder) throws IOException {
    Kernels kernels = Subject.ADAPTIVE.kernels();
    for (int size : new int[] {0, 1, 64, 513, 4096}) {
      Path file = folder.resolve("values" + size);
      Sample sample = Sample.of(DataType.I64, size, arena, random);
      Files.write(file, sample.copy().array());
      try (FileChannel channel = FileChannel.open(file)) {
        MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, 8L * size, arena);
        long[] total = new long[2];
        long[] expected = new long[2];
        kernels.sumI64(mapped, 0, null, size, total);
        Kernels.scalar().sumI64(sample.memory(), sample.offset(), null, size, expected);
        assertThat(total).as(at("sum", size)).isEqualTo(expected);
        assertThat(kernels.maxI64(mapped, 0, null, size, Long.MIN_VALUE))
            .as(at("max", size))
            .isEqualTo(
                Kernels.scalar()
                    .maxI64(sample.memory(), sample.offset(), null, size, Long.MIN_VALUE));
      }
    }
  }
}
