package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SumKernelsTest extends LoopTest {
  @ParameterizedTest
  @EnumSource
  void addsFloatsByRowToSixteenAccumulators(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType type : List.of(DataType.F32, DataType.F64)) {
      for (int size : Sample.SIZES) {
        for (boolean special : new boolean[] {false, true}) {
          Sample s = special ? Sample.of(type, size, arena, random) : finite(type, size);
          for (Sample.Rows rows : s.lists(random)) {
            double shift = random.nextInt(-3, 4);
            double[] start = new double[16];
            for (int i = 0; i < 16; i++) {
              start[i] = random.nextInt(2) == 0 ? 0.0 : random.nextDouble();
            }
            double[] expected = start.clone();
            double[] shifted = start.clone();
            double[] squares = start.clone();
            for (int row : rows.plain()) {
              double x = s.doubleAt(row);
              expected[row % 16] += x;
              double d = x - shift;
              shifted[row % 16] += d;
              squares[row % 16] += d * d;
            }
            double[] sums = start.clone();
            double[] masked = start.clone();
            double[] first = start.clone();
            double[] second = start.clone();
            double[] maskedFirst = start.clone();
            double[] maskedSecond = start.clone();
            long[] words = Sample.words(rows.plain());
            int[] list = rows.list();
            int n = rows.n();
            if (type == DataType.F64) {
              k.sumF64(s.memory(), s.offset(), list, n, sums);
              k.sumMaskedF64(s.memory(), s.offset(), words, size, masked);
              k.momentsF64(s.memory(), s.offset(), list, n, shift, first, second);
              k.momentsMaskedF64(
                  s.memory(), s.offset(), words, size, shift, maskedFirst, maskedSecond);
            } else {
              k.sumF32(s.memory(), s.offset(), list, n, sums);
              k.sumMaskedF32(s.memory(), s.offset(), words, size, masked);
              k.momentsF32(s.memory(), s.offset(), list, n, shift, first, second);
              k.momentsMaskedF32(
                  s.memory(), s.offset(), words, size, shift, maskedFirst, maskedSecond);
            }
            String what = type + (special ? " special" : "");
            assertSame(sums, expected, what, size);
            assertSame(masked, expected, what + " masked", size);
            assertSame(first, shifted, what + " moments", size);
            assertSame(second, squares, what + " moments", size);
            assertSame(maskedFirst, shifted, what + " masked moments", size);
            assertSame(maskedSecond, squares, what + " masked moments", size);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void addsBlocksSideBySideAsOneAfterTheOther(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType type : List.of(DataType.F32, DataType.F64)) {
      for (int n : new int[] {0, 16, 64, 144, 1024}) {
        for (boolean special : new boolean[] {false, true}) {
          int size = n * Accumulators.STREAMS;
          Sample s = special ? Sample.of(type, size, arena, random) : finite(type, size);
          double[] sums = new double[Accumulators.STREAMS * Accumulators.COUNT];
          for (int i = 0; i < sums.length; i++) {
            sums[i] = random.nextInt(2) == 0 ? 0.0 : random.nextDouble();
          }
          double[] expected = sums.clone();
          for (int row = 0; row < size; row++) {
            expected[row / n * Accumulators.COUNT + row % n % 16] += s.doubleAt(row);
          }
          if (type == DataType.F64) {
            k.sumBlocksF64(s.memory(), s.offset(), n, sums);
          } else {
            k.sumBlocksF32(s.memory(), s.offset(), n, sums);
          }
          assertSame(sums, expected, type + " blocks", n);
        }
      }
    }
  }

  /** Equal bits, where one NaN is like the other. */
  private static void assertSame(double[] got, double[] expected, String what, int size) {
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.length; i++) {
      if (Double.doubleToLongBits(got[i]) != Double.doubleToLongBits(expected[i])) {
        assertThat(got[i]).as(at(what + " accumulator " + i, size)).isEqualTo(expected[i]);
      }
    }
  }

  private Sample finite(DataType type, int size) {
    Sample s = Sample.of(type, size, arena, random);
    for (int i = 0; i < size; i++) {
      if (type == DataType.F64) {
        s.memory().set(Layouts.F64, s.offset() + 8L * i, random.nextDouble(-1e6, 1e6));
      } else {
        s.memory().set(Layouts.F32, s.offset() + 4L * i, (float) random.nextDouble(-1e6, 1e6));
      }
    }
    return s.reread();
  }

  @ParameterizedTest
  @EnumSource
  void addsIntegersExactly(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType type : Sample.INTEGERS) {
      for (int size : Sample.SIZES) {
        Sample s = Sample.of(type, size, arena, random);
        for (Sample.Rows rows : s.lists(random)) {
          BigInteger expected = BigInteger.TWO.pow(70).negate();
          long[] total = {0, -64};
          long[] masked = {0, -64};
          for (int row : rows.plain()) {
            expected = expected.add(BigInteger.valueOf(s.longAt(row)));
          }
          ByType.sum(k, type, s.memory(), s.offset(), rows.list(), rows.n(), total);
          ByType.sumMasked(
              k, type, s.memory(), s.offset(), Sample.words(rows.plain()), size, masked);
          assertThat(value(total)).as(at(type, size)).isEqualTo(expected);
          assertThat(value(masked)).as(at(type + " masked", size)).isEqualTo(expected);
        }
      }
    }
  }

  private static BigInteger value(long[] total) {
    return BigInteger.valueOf(total[1])
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(total[0])));
  }

  @Test
  void reducesByTheFixedTreeAndStartsAgain() {
    double[] sums = new double[16];
    for (int i = 0; i < 16; i++) {
      sums[i] = random.nextDouble();
    }
    double[] s = sums.clone();
    double expected =
        (((s[0] + s[8]) + (s[4] + s[12])) + ((s[2] + s[10]) + (s[6] + s[14])))
            + (((s[1] + s[9]) + (s[5] + s[13])) + ((s[3] + s[11]) + (s[7] + s[15])));
    assertThat(Accumulators.reduce(sums)).isEqualTo(expected);
    assertThat(sums).containsOnly(0.0);
  }

  @Test
  void knowsWhetherATotalIsAnI64AndItsNearestDouble() {
    for (BigInteger exact :
        List.of(
            BigInteger.ZERO,
            BigInteger.valueOf(Long.MAX_VALUE),
            BigInteger.valueOf(Long.MIN_VALUE),
            BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE),
            BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE),
            BigInteger.TWO.pow(100).negate())) {
      long[] total = {exact.longValue(), exact.shiftRight(64).longValue()};
      assertThat(Accumulators.fitsI64(total)).as("%s", exact).isEqualTo(exact.bitLength() < 64);
      assertThat(Accumulators.toDouble(total)).isEqualTo(exact.doubleValue());
    }
  }
}
