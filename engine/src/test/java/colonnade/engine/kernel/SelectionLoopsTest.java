package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Selections by code tables, by other columns, by validity and by booleans. */
class SelectionLoopsTest extends LoopTest {
  private interface Select {
    int run(int[] list, int n, int[] out);
  }

  private interface Mask {
    void run(long[] words);
  }

  private void check(String what, int size, Sample from, IntPredicate kept, Select s, Mask m) {
    for (Sample.Rows rows : from.lists(random)) {
      int[] expected = IntStream.of(rows.plain()).filter(kept).toArray();
      int[] out = new int[Sample.BATCH];
      int n = s.run(rows.list(), rows.n(), out);
      assertThat(Arrays.copyOf(out, n)).as(at(what, size)).isEqualTo(expected);
      if (rows.list() != null) {
        int[] inPlace = rows.list().clone();
        n = s.run(inPlace, rows.n(), inPlace);
        assertThat(Arrays.copyOf(inPlace, n)).as(at(what, size)).isEqualTo(expected);
      }
      long[] words = Sample.words(rows.plain());
      m.run(words);
      assertThat(Sample.rows(words)).as(at(what, size)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsRowsWhoseCodeHasAOneInTheTable(Subject subject) {
    Kernels k = subject.kernels();
    byte[] table = new byte[1 << 16];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) random.nextInt(2);
    }
    for (int size : Sample.SIZES) {
      Sample u8 = Sample.of(DataType.U8, size, arena, random);
      check(
          "u8",
          size,
          u8,
          i -> table[(int) u8.longAt(i)] == 1,
          (r, n, o) -> k.selectCodesU8(u8.memory(), u8.offset(), table, r, n, o),
          w -> k.maskCodesU8(u8.memory(), u8.offset(), table, size, w));
      Sample u16 = Sample.of(DataType.U16, size, arena, random);
      check(
          "u16",
          size,
          u16,
          i -> table[(int) u16.longAt(i)] == 1,
          (r, n, o) -> k.selectCodesU16(u16.memory(), u16.offset(), table, r, n, o),
          w -> k.maskCodesU16(u16.memory(), u16.offset(), table, size, w));
      Sample any = Sample.of(DataType.I32, size, arena, random);
      for (int i = 0; i < size; i++) {
        any.memory().set(Layouts.I32, any.offset() + 4L * i, random.nextInt(table.length));
      }
      Sample i32 = any.reread();
      check(
          "i32",
          size,
          i32,
          i -> table[(int) i32.longAt(i)] == 1,
          (r, n, o) -> k.selectCodesI32(i32.memory(), i32.offset(), table, r, n, o),
          w -> k.maskCodesI32(i32.memory(), i32.offset(), table, size, w));
    }
  }

  private interface CompareSelect {
    int run(
        Kernels kernels,
        MemorySegment a,
        long aOffset,
        MemorySegment b,
        long bOffset,
        boolean negate,
        int[] rows,
        int n,
        int[] out);
  }

  private interface CompareMask {
    void run(
        Kernels kernels,
        MemorySegment a,
        long aOffset,
        MemorySegment b,
        long bOffset,
        boolean negate,
        int n,
        long[] words);
  }

  private interface DoubleTest {
    boolean test(double x, double y);
  }

  private interface LongTest {
    boolean test(long x, long y);
  }

  private record Comparison(
      DataType type,
      String sign,
      DoubleTest f64,
      LongTest i64,
      CompareSelect select,
      CompareMask mask) {
    boolean holds(Sample a, Sample b, int i) {
      return type == DataType.F64
          ? f64.test(a.doubleAt(i), b.doubleAt(i))
          : i64.test(a.longAt(i), b.longAt(i));
    }
  }

  private static final List<Comparison> COMPARISONS =
      List.of(
          new Comparison(
              DataType.F64,
              "=",
              (x, y) -> x == y,
              (x, y) -> x == y,
              Kernels::selectEqualF64,
              Kernels::maskEqualF64),
          new Comparison(
              DataType.F64,
              "<",
              (x, y) -> x < y,
              (x, y) -> x < y,
              Kernels::selectLessF64,
              Kernels::maskLessF64),
          new Comparison(
              DataType.F64,
              "<=",
              (x, y) -> x <= y,
              (x, y) -> x <= y,
              Kernels::selectLessOrEqualF64,
              Kernels::maskLessOrEqualF64),
          new Comparison(
              DataType.I64,
              "=",
              (x, y) -> x == y,
              (x, y) -> x == y,
              Kernels::selectEqualI64,
              Kernels::maskEqualI64),
          new Comparison(
              DataType.I64,
              "<",
              (x, y) -> x < y,
              (x, y) -> x < y,
              Kernels::selectLessI64,
              Kernels::maskLessI64),
          new Comparison(
              DataType.I64,
              "<=",
              (x, y) -> x <= y,
              (x, y) -> x <= y,
              Kernels::selectLessOrEqualI64,
              Kernels::maskLessOrEqualI64));

  @ParameterizedTest
  @EnumSource
  void comparesOneColumnWithAnother(Subject subject) {
    Kernels k = subject.kernels();
    for (Comparison c : COMPARISONS) {
      for (int size : Sample.SIZES) {
        Sample a = Sample.of(c.type, size, arena, random);
        Sample b = Sample.of(c.type, size, arena, random);
        for (boolean negate : new boolean[] {false, true}) {
          check(
              c.type + c.sign + negate,
              size,
              a,
              i -> c.holds(a, b, i) != negate,
              (r, n, o) ->
                  c.select.run(k, a.memory(), a.offset(), b.memory(), b.offset(), negate, r, n, o),
              w -> c.mask.run(k, a.memory(), a.offset(), b.memory(), b.offset(), negate, size, w));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsRowsThatArePresentOrNull(Subject subject) {
    Kernels k = subject.kernels();
    for (int size : Sample.SIZES) {
      Sample rows = Sample.of(DataType.U8, size, arena, random);
      Sample bits = Sample.bits(size, arena, random);
      for (boolean negate : new boolean[] {false, true}) {
        check(
            "validity " + negate,
            size,
            rows,
            i -> bits.bit(i) != negate,
            (r, n, o) -> k.selectValid(bits.memory(), bits.offset(), negate, r, n, o),
            w -> k.maskValid(bits.memory(), bits.offset(), negate, size, w));
      }
      assertThat(k.countValid(bits.memory(), bits.offset(), size))
          .isEqualTo((int) IntStream.range(0, size).filter(bits::bit).count());
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsRowsWhoseBooleanIsTrue(Subject subject) {
    Kernels k = subject.kernels();
    for (int size : Sample.SIZES) {
      Sample any = Sample.of(DataType.U8, size, arena, random);
      for (int i = 0; i < size; i++) {
        any.memory().set(Layouts.I8, any.offset() + i, (byte) random.nextInt(2));
      }
      Sample bools = any.reread();
      check(
          "true",
          size,
          bools,
          i -> bools.longAt(i) == 1,
          (r, n, o) -> k.selectTrue(bools.memory(), bools.offset(), r, n, o),
          w -> k.maskTrue(bools.memory(), bools.offset(), size, w));
      long[] words = new long[Sample.BATCH / 64];
      k.loadBools(bools.memory(), bools.offset(), size, words);
      int[] isTrue = IntStream.range(0, size).filter(i -> bools.longAt(i) == 1).toArray();
      assertThat(Sample.rows(words)).isEqualTo(isTrue);
      Sample out = Sample.room(DataType.U8, size, arena, random);
      k.storeBools(words, size, out.memory(), out.offset());
      assertThat(out.reread().copy()).isEqualTo(bools.copy());
    }
  }
}
