package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RangeKernelsTest extends LoopTest {
  private static final double[] BOUNDS = {
    Double.NEGATIVE_INFINITY, -1e6, -0.0, 0.0, 3, 1e6, Double.POSITIVE_INFINITY, Double.NaN
  };
  private static final long[] WHOLE_BOUNDS = {
    Long.MIN_VALUE,
    Integer.MIN_VALUE,
    -300,
    -128,
    -1,
    0,
    5,
    127,
    255,
    256,
    65_535,
    1L << 31,
    0xffffffffL,
    1L << 40,
    Long.MAX_VALUE
  };

  @ParameterizedTest
  @EnumSource
  void keepsTheRowsInTheRangeInBothForms(Subject subject) {
    Kernels kernels = subject.kernels();
    for (DataType type : Sample.NUMBERS) {
      for (int size : Sample.SIZES) {
        Sample sample = Sample.of(type, size, arena, random);
        for (int trial = 0; trial < 12; trial++) {
          boolean negate = random.nextBoolean();
          if (type.isFloating()) {
            double low = BOUNDS[random.nextInt(BOUNDS.length)];
            double high = BOUNDS[random.nextInt(BOUNDS.length)];
            check(
                sample,
                i -> (sample.doubleAt(i) >= low && sample.doubleAt(i) <= high) != negate,
                type + " in " + low + ".." + high + (negate ? " negated" : ""),
                (list, n, out) -> select(kernels, sample, low, high, negate, list, n, out),
                words -> mask(kernels, sample, low, high, negate, words));
          } else {
            long low = fit(type, WHOLE_BOUNDS[random.nextInt(WHOLE_BOUNDS.length)]);
            long high = fit(type, WHOLE_BOUNDS[random.nextInt(WHOLE_BOUNDS.length)]);
            check(
                sample,
                i -> (sample.longAt(i) >= low && sample.longAt(i) <= high) != negate,
                type + " in " + low + ".." + high + (negate ? " negated" : ""),
                (list, n, out) -> select(kernels, sample, low, high, negate, list, n, out),
                words -> mask(kernels, sample, low, high, negate, words));
          }
        }
      }
    }
  }

  private interface Select {
    int run(int[] list, int n, int[] out);
  }

  private interface Mask {
    void run(long[] words);
  }

  private void check(Sample sample, IntPredicate kept, String what, Select select, Mask mask) {
    for (Sample.Rows rows : sample.lists(random)) {
      int[] expected = IntStream.of(rows.plain()).filter(kept).toArray();
      int[] out = new int[Sample.BATCH];
      int n = select.run(rows.list(), rows.n(), out);
      assertThat(Arrays.copyOf(out, n)).as(at(what, sample.size())).isEqualTo(expected);
      if (rows.list() != null) {
        int[] inPlace = rows.list().clone();
        n = select.run(inPlace, rows.n(), inPlace);
        assertThat(Arrays.copyOf(inPlace, n)).as(at(what, sample.size())).isEqualTo(expected);
      }
      long[] words = Sample.words(rows.plain());
      mask.run(words);
      assertThat(Sample.rows(words)).as(at(what, sample.size())).isEqualTo(expected);
    }
  }

  /** Bounds of small types are ints, which may still lie outside the type. */
  private static long fit(DataType type, long bound) {
    return type.widthBytes() == 8 || type == DataType.U32 ? bound : (int) bound;
  }

  private static int select(
      Kernels k, Sample s, long low, long high, boolean negate, int[] list, int n, int[] out) {
    var m = s.memory();
    long o = s.offset();
    int l = (int) low;
    int h = (int) high;
    return switch (s.type()) {
      case I8 -> k.selectRangeI8(m, o, l, h, negate, list, n, out);
      case I16 -> k.selectRangeI16(m, o, l, h, negate, list, n, out);
      case I32 -> k.selectRangeI32(m, o, l, h, negate, list, n, out);
      case I64 -> k.selectRangeI64(m, o, low, high, negate, list, n, out);
      case U8 -> k.selectRangeU8(m, o, l, h, negate, list, n, out);
      case U16 -> k.selectRangeU16(m, o, l, h, negate, list, n, out);
      default -> k.selectRangeU32(m, o, low, high, negate, list, n, out);
    };
  }

  private static void mask(Kernels k, Sample s, long low, long high, boolean negate, long[] words) {
    var m = s.memory();
    long o = s.offset();
    int l = (int) low;
    int h = (int) high;
    switch (s.type()) {
      case I8 -> k.maskRangeI8(m, o, l, h, negate, s.size(), words);
      case I16 -> k.maskRangeI16(m, o, l, h, negate, s.size(), words);
      case I32 -> k.maskRangeI32(m, o, l, h, negate, s.size(), words);
      case I64 -> k.maskRangeI64(m, o, low, high, negate, s.size(), words);
      case U8 -> k.maskRangeU8(m, o, l, h, negate, s.size(), words);
      case U16 -> k.maskRangeU16(m, o, l, h, negate, s.size(), words);
      default -> k.maskRangeU32(m, o, low, high, negate, s.size(), words);
    }
  }

  private static int select(
      Kernels k, Sample s, double low, double high, boolean negate, int[] list, int n, int[] out) {
    return s.type() == DataType.F64
        ? k.selectRangeF64(s.memory(), s.offset(), low, high, negate, list, n, out)
        : k.selectRangeF32(s.memory(), s.offset(), (float) low, (float) high, negate, list, n, out);
  }

  private static void mask(
      Kernels k, Sample s, double low, double high, boolean negate, long[] words) {
    if (s.type() == DataType.F64) {
      k.maskRangeF64(s.memory(), s.offset(), low, high, negate, s.size(), words);
    } else {
      k.maskRangeF32(s.memory(), s.offset(), (float) low, (float) high, negate, s.size(), words);
    }
  }
}
