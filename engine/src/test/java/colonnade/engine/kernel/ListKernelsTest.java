package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bitmaps of every density as lists. */
class ListKernelsTest extends LoopTest {
  @ParameterizedTest
  @EnumSource
  void listsTheRowsWhoseBitIsSet(Subject subject) {
    Kernels k = subject.kernels();
    for (int size : Sample.SIZES) {
      for (double density : new double[] {0, 0.01, 0.05, 0.1, 0.5, 0.9, 1}) {
        int[] expected =
            IntStream.range(0, size).filter(i -> random.nextDouble() < density).toArray();
        int[] rows = new int[size + ListKernels.ROOM];
        int kept = k.listRows(Sample.words(expected), size, rows);
        assertThat(Arrays.copyOf(rows, kept)).as(at(density, size)).isEqualTo(expected);
      }
    }
  }
}
