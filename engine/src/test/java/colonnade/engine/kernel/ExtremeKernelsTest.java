package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtremeKernelsTest extends LoopTest {
  @ParameterizedTest
  @EnumSource
  void findsTheLeastAndGreatestInteger(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType type : Sample.INTEGERS) {
      for (int size : Sample.SIZES) {
        Sample s = Sample.of(type, size, arena, random);
        for (Sample.Rows rows : s.lists(random)) {
          long[] words = Sample.words(rows.plain());
          for (long found : new long[] {Long.MIN_VALUE, -5, 5, Long.MAX_VALUE}) {
            long min = IntStream.of(rows.plain()).mapToLong(s::longAt).reduce(found, Math::min);
            long max = IntStream.of(rows.plain()).mapToLong(s::longAt).reduce(found, Math::max);
            String what = type + " from " + found;
            var m = s.memory();
            long o = s.offset();
            assertThat(ByType.min(k, type, m, o, rows.list(), rows.n(), found))
                .as(at(what, size))
                .isEqualTo(min);
            assertThat(ByType.max(k, type, m, o, rows.list(), rows.n(), found))
                .as(at(what, size))
                .isEqualTo(max);
            assertThat(ByType.minMasked(k, type, m, o, words, size, found))
                .as(at(what, size))
                .isEqualTo(min);
            assertThat(ByType.maxMasked(k, type, m, o, words, size, found))
                .as(at(what, size))
                .isEqualTo(max);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void skipsNaNAndTellsTheZerosApart(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType type : List.of(DataType.F32, DataType.F64)) {
      for (int size : Sample.SIZES) {
        Sample s = Sample.of(type, size, arena, random);
        for (Sample.Rows rows : s.lists(random)) {
          int[] numbers =
              IntStream.of(rows.plain()).filter(i -> !Double.isNaN(s.doubleAt(i))).toArray();
          for (double found : new double[] {-0.0, 0.0, -1e300, 1e300}) {
            double min = IntStream.of(numbers).mapToDouble(s::doubleAt).reduce(found, Math::min);
            double max = IntStream.of(numbers).mapToDouble(s::doubleAt).reduce(found, Math::max);
            check(k, s, rows, found, min, max);
          }
          int nans = rows.n() - numbers.length;
          long[] words = Sample.words(rows.plain());
          var m = s.memory();
          long o = s.offset();
          if (type == DataType.F64) {
            assertThat(k.countNaNF64(m, o, rows.list(), rows.n())).isEqualTo(nans);
            assertThat(k.countNaNMaskedF64(m, o, words, size)).isEqualTo(nans);
          } else {
            assertThat(k.countNaNF32(m, o, rows.list(), rows.n())).isEqualTo(nans);
            assertThat(k.countNaNMaskedF32(m, o, words, size)).isEqualTo(nans);
          }
        }
      }
    }
  }

  private static void check(
      Kernels k, Sample s, Sample.Rows rows, double found, double min, double max) {
    long[] words = Sample.words(rows.plain());
    var m = s.memory();
    long o = s.offset();
    int[] list = rows.list();
    int n = rows.n();
    boolean wide = s.type() == DataType.F64;
    double[] got = {
      wide ? k.minF64(m, o, list, n, found) : k.minF32(m, o, list, n, found),
      wide
          ? k.minMaskedF64(m, o, words, s.size(), found)
          : k.minMaskedF32(m, o, words, s.size(), found),
      wide ? k.maxF64(m, o, list, n, found) : k.maxF32(m, o, list, n, found),
      wide
          ? k.maxMaskedF64(m, o, words, s.size(), found)
          : k.maxMaskedF32(m, o, words, s.size(), found)
    };
    double[] expected = {min, min, max, max};
    for (int i = 0; i < 4; i++) {
      assertThat(Double.doubleToRawLongBits(got[i]))
          .as(at(s.type() + " from " + found + ", " + got[i] + " not " + expected[i], s.size()))
          .isEqualTo(Double.doubleToRawLongBits(expected[i]));
    }
  }
}
