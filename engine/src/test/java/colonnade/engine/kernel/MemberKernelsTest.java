package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Selections by many constants. */
class MemberKernelsTest extends LoopTest {
  private interface Select {
    int run(boolean negate, int[] rows, int n, int[] out);
  }

  private void check(DataType type, Sample from, int size, IntPredicate member, Select select) {
    for (Sample.Rows rows : from.lists(random)) {
      for (boolean negate : new boolean[] {false, true}) {
        int[] expected = IntStream.of(rows.plain()).filter(i -> member.test(i) != negate).toArray();
        int[] out = new int[Sample.BATCH];
        int n = select.run(negate, rows.list(), rows.n(), out);
        assertThat(Arrays.copyOf(out, n)).as(at(type, size)).isEqualTo(expected);
        if (rows.list() != null) {
          int[] inPlace = rows.list().clone();
          n = select.run(negate, inPlace, rows.n(), inPlace);
          assertThat(Arrays.copyOf(inPlace, n)).as(at(type, size)).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsRowsWhoseIntegerIsAmongTheConstants(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType type : new DataType[] {DataType.I32, DataType.U32, DataType.I64}) {
      for (int size : Sample.SIZES) {
        Sample x = Sample.of(type, size, arena, random);
        long least = size == 0 || random.nextBoolean() ? -5 : x.longAt(random.nextInt(size));
        long[] bits = new long[4];
        Set<Long> close = new HashSet<>();
        Set<Long> any = new HashSet<>();
        for (int i = 0; i < 60; i++) {
          int bit = i == 0 ? 0 : random.nextInt(255);
          bits[bit >> 6] |= 1L << bit;
          close.add(least + bit);
          any.add(size == 0 || random.nextInt(9) == 0 ? i : x.longAt(random.nextInt(size)));
        }
        var set = new ConstantSet(any.stream().mapToLong(v -> v).toArray());
        check(
            type,
            x,
            size,
            i -> close.contains(x.longAt(i)),
            (negate, rows, n, out) ->
                switch (type) {
                  case I32 ->
                      k.selectBitsI32(x.memory(), x.offset(), least, bits, negate, rows, n, out);
                  case U32 ->
                      k.selectBitsU32(x.memory(), x.offset(), least, bits, negate, rows, n, out);
                  default ->
                      k.selectBitsI64(x.memory(), x.offset(), least, bits, negate, rows, n, out);
                });
        check(
            type,
            x,
            size,
            i -> any.contains(x.longAt(i)),
            (negate, rows, n, out) ->
                switch (type) {
                  case I32 -> k.selectSetI32(x.memory(), x.offset(), set, negate, rows, n, out);
                  case U32 -> k.selectSetU32(x.memory(), x.offset(), set, negate, rows, n, out);
                  default -> k.selectSetI64(x.memory(), x.offset(), set, negate, rows, n, out);
                });
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsRowsWhoseNumberIsAmongTheConstants(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType type : new DataType[] {DataType.F32, DataType.F64}) {
      for (int size : Sample.SIZES) {
        Sample x = Sample.of(type, size, arena, random);
        Set<Double> any = new HashSet<>(Set.of(0.0, Double.POSITIVE_INFINITY, Double.MIN_VALUE));
        for (int i = 0; i < 30 && size > 0; i++) {
          double value = x.doubleAt(random.nextInt(size)) + 0.0;
          if (!Double.isNaN(value)) {
            any.add(value);
          }
        }
        var set = new ConstantSet(any.stream().mapToLong(Double::doubleToRawLongBits).toArray());
        check(
            type,
            x,
            size,
            i -> any.contains(x.doubleAt(i) + 0.0),
            (negate, rows, n, out) ->
                type == DataType.F32
                    ? k.selectSetF32(x.memory(), x.offset(), set, negate, rows, n, out)
                    : k.selectSetF64(x.memory(), x.offset(), set, negate, rows, n, out));
      }
    }
  }

  @Test
  void aSetHasItsElementsAndNoOthers() {
    for (int size : new int[] {0, 1, 2, 3, 255, 256, 257, 5000}) {
      Set<Long> elements = new HashSet<>();
      while (elements.size() < size) {
        elements.add(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(size * 4));
      }
      var set = new ConstantSet(elements.stream().mapToLong(v -> v).toArray());
      for (long element : elements) {
        assertThat(set.contains(element)).as(at(element, size)).isTrue();
      }
      for (int i = -9; i < 4 * size + 9; i++) {
        assertThat(set.contains(i)).as(at(i, size)).isEqualTo(elements.contains((long) i));
      }
    }
  }
}
