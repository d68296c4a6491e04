package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three-valued logic, and bitmaps moved to other places. */
class LogicAndBitsTest extends LoopTest {
  private interface Loop {
    void run(
        Kernels kernels,
        MemorySegment a,
        long aOffset,
        @Nullable MemorySegment aValidity,
        long aValidityOffset,
        MemorySegment b,
        long bOffset,
        @Nullable MemorySegment bValidity,
        long bValidityOffset,
        int n,
        MemorySegment out,
        long outOffset,
        @Nullable MemorySegment outValidity,
        long outValidityOffset);
  }

  private record Logic(String name, BinaryOperator<@Nullable Boolean> meaning, Loop loop) {}

  private static final List<Logic> LOGIC =
      List.of(
          new Logic("and", LogicAndBitsTest::and, Kernels::andBool),
          new Logic("or", (x, y) -> not(and(not(x), not(y))), Kernels::orBool),
          new Logic("xor", (x, y) -> x == null || y == null ? null : x ^ y, Kernels::xorBool));

  private static @Nullable Boolean and(@Nullable Boolean x, @Nullable Boolean y) {
    if (Boolean.FALSE.equals(x) || Boolean.FALSE.equals(y)) {
      return false;
    }
    return x == null || y == null ? null : true;
  }

  private static @Nullable Boolean not(@Nullable Boolean x) {
    return x == null ? null : !x;
  }

  @ParameterizedTest
  @EnumSource
  void combinesBooleansAsKleeneDid(Subject subject) {
    Kernels kernels = subject.kernels();
    for (int size : Sample.SIZES) {
      Sample a = bools(size);
      Sample b = bools(size);
      Sample av = Sample.bits(size, arena, random);
      Sample bv = Sample.bits(size, arena, random);
      for (int nulls = 0; nulls < 4; nulls++) {
        boolean aNulls = (nulls & 1) != 0;
        boolean bNulls = (nulls & 2) != 0;
        for (Logic logic : LOGIC) {
          Sample out = Sample.room(DataType.U8, size, arena, random);
          Sample valid = Sample.room(DataType.U8, (size + 7) / 8, arena, random);
          logic.loop.run(
              kernels,
              a.memory(),
              a.offset(),
              aNulls ? av.memory() : null,
              av.offset(),
              b.memory(),
              b.offset(),
              bNulls ? bv.memory() : null,
              bv.offset(),
              size,
              out.memory(),
              out.offset(),
              nulls == 0 ? null : valid.memory(),
              valid.offset());
          Sample values = out.reread();
          Sample present = valid.reread();
          for (int i = 0; i < size; i++) {
            Boolean x = aNulls && !av.bit(i) ? null : a.longAt(i) == 1;
            Boolean y = bNulls && !bv.bit(i) ? null : b.longAt(i) == 1;
            Boolean got = nulls != 0 && !present.bit(i) ? null : values.longAt(i) == 1;
            assertThat(got)
                .as(at(x + " " + logic.name + " " + y + " row " + i, size))
                .isEqualTo(logic.meaning.apply(x, y));
          }
        }
      }
      Sample out = Sample.room(DataType.U8, size, arena, random);
      kernels.notBool(a.memory(), a.offset(), size, out.memory(), out.offset());
      for (int i = 0; i < size; i++) {
        assertThat(out.reread().longAt(i)).isEqualTo(1 - a.longAt(i));
      }
    }
  }

  private Sample bools(int size) {
    Sample any = Sample.of(DataType.U8, size, arena, random);
    for (int i = 0; i < size; i++) {
      any.memory().set(Layouts.I8, any.offset() + i, (byte) random.nextInt(2));
    }
    return any.reread();
  }

  @ParameterizedTest
  @EnumSource
  void combinesAndCopiesValidities(Subject subject) {
    Kernels kernels = subject.kernels();
    for (int size : Sample.SIZES) {
      Sample a = Sample.bits(size, arena, random);
      Sample b = Sample.bits(size, arena, random);
      Sample both = Sample.room(DataType.U8, (size + 7) / 8, arena, random);
      Sample either = Sample.room(DataType.U8, (size + 7) / 8, arena, random);
      Sample copy = Sample.room(DataType.U8, (size + 7) / 8, arena, random);
      kernels.andValidity(
          a.memory(), a.offset(), b.memory(), b.offset(), size, both.memory(), both.offset());
      kernels.orValidity(
          a.memory(), a.offset(), b.memory(), b.offset(), size, either.memory(), either.offset());
      long[] words = new long[Sample.BATCH / 64];
      kernels.loadBits(a.memory(), a.offset(), size, words);
      kernels.storeBits(words, size, copy.memory(), copy.offset());
      Sample bothNow = both.reread();
      Sample eitherNow = either.reread();
      Sample copyNow = copy.reread();
      for (int i = 0; i < size; i++) {
        assertThat(bothNow.bit(i)).as(at("and " + i, size)).isEqualTo(a.bit(i) && b.bit(i));
        assertThat(eitherNow.bit(i)).as(at("or " + i, size)).isEqualTo(a.bit(i) || b.bit(i));
        assertThat(copyNow.bit(i)).as(at("copy " + i, size)).isEqualTo(a.bit(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesBitsAtAnyBitWithoutTouchingOthers(Subject subject) {
    Kernels kernels = subject.kernels();
    for (int size : List.of(0, 1, 5, 8, 9, 63, 64, 200)) {
      for (int bit = 0; bit < 17; bit++) {
        Sample a = Sample.bits(size, arena, random);
        Sample out = Sample.of(DataType.U8, (size + bit + 7) / 8 + 2, arena, random);
        int start = bit;
        kernels.copyBits(a.memory(), a.offset(), size, out.memory(), out.offset(), bit);
        Sample copied = out.reread();
        for (int i = 0; i < 8 * out.size(); i++) {
          boolean inside = i >= start && i < start + size;
          assertThat(copied.bit(i))
              .as(at("copy to " + bit + ", bit " + i, size))
              .isEqualTo(inside ? a.bit(i - start) : out.bit(i));
        }
        boolean value = random.nextBoolean();
        kernels.fillBits(value, size, out.memory(), out.offset(), bit);
        Sample filled = out.reread();
        for (int i = 0; i < 8 * out.size(); i++) {
          boolean inside = i >= start && i < start + size;
          assertThat(filled.bit(i))
              .as(at("fill from " + bit + ", bit " + i, size))
              .isEqualTo(inside ? value : out.bit(i));
        }
        Sample.Rows rows = Sample.of(DataType.U8, size, arena, random).lists(random).get(2);
        int[] list = rows.plain();
        if (list.length > 0) {
          kernels.gatherBits(
              a.memory(), a.offset(), list, list.length, out.memory(), out.offset(), bit);
          Sample gathered = out.reread();
          for (int i = 0; i < 8 * out.size(); i++) {
            boolean inside = i >= start && i < start + list.length;
            assertThat(gathered.bit(i))
                .as(at("gather to " + bit + ", bit " + i, size))
                .isEqualTo(inside ? a.bit(list[i - start]) : filled.bit(i));
          }
        }
      }
    }
  }
}
