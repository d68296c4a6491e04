package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecodeKernelsTest extends LoopTest {
  private static final List<DataType> CODES = List.of(DataType.U8, DataType.U16, DataType.U32);

  @ParameterizedTest
  @EnumSource
  void addsTheBaseToEveryCode(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType to : List.of(DataType.I16, DataType.I32, DataType.I64)) {
      for (DataType from : CODES) {
        if (from.widthBytes() < to.widthBytes()) {
          for (int size : Sample.SIZES) {
            for (long base : new long[] {0, -7, 100, Long.MIN_VALUE, random.nextLong()}) {
              checkIntegers(k, from, to, size, base);
            }
          }
        }
      }
    }
  }

  private void checkIntegers(Kernels k, DataType from, DataType to, int size, long base) {
    Sample s = Sample.of(from, size, arena, random);
    for (Sample.Rows rows : s.lists(random)) {
      Sample out = Sample.room(to, size, arena, random);
      switch (to) {
        case I16 ->
            k.decodeU8ToI16(
                s.memory(), s.offset(), rows.list(), rows.n(), base, out.memory(), out.offset());
        case I32 -> {
          if (from == DataType.U8) {
            k.decodeU8ToI32(
                s.memory(), s.offset(), rows.list(), rows.n(), base, out.memory(), out.offset());
          } else {
            k.decodeU16ToI32(
                s.memory(), s.offset(), rows.list(), rows.n(), base, out.memory(), out.offset());
          }
        }
        default -> {
          switch (from) {
            case U8 ->
                k.decodeU8ToI64(
                    s.memory(),
                    s.offset(),
                    rows.list(),
                    rows.n(),
                    base,
                    out.memory(),
                    out.offset());
            case U16 ->
                k.decodeU16ToI64(
                    s.memory(),
                    s.offset(),
                    rows.list(),
                    rows.n(),
                    base,
                    out.memory(),
                    out.offset());
            default ->
                k.decodeU32ToI64(
                    s.memory(),
                    s.offset(),
                    rows.list(),
                    rows.n(),
                    base,
                    out.memory(),
                    out.offset());
          }
        }
      }
      Sample now = out.reread();
      for (int row : rows.plain()) {
        BigInteger sum = BigInteger.valueOf(base).add(BigInteger.valueOf(s.longAt(row)));
        long expected =
            switch (to) {
              case I16 -> sum.shortValue();
              case I32 -> sum.intValue();
              default -> sum.longValue();
            };
        assertThat(now.longAt(row))
            .as(at(from + " to " + to + " with base " + base + ", row " + row, size))
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void dividesTheSumAsDecimalArithmeticDoes(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType from : CODES) {
      for (int size : Sample.SIZES) {
        for (int decimals : new int[] {0, 2, 15, random.nextInt(1, 15)}) {
          long any = random.nextLong() >> 12 + random.nextInt(50);
          for (long base : new long[] {0, -3, any, 1L << 51, -(1L << 51)}) {
            checkReals(k, from, size, base, decimals);
          }
        }
      }
    }
  }

  private void checkReals(Kernels k, DataType from, int size, long base, int decimals) {
    Sample s = Sample.of(from, size, arena, random);
    double divisor = BigDecimal.TEN.pow(decimals).doubleValue();
    for (Sample.Rows rows : s.lists(random)) {
      Sample out = Sample.room(DataType.F64, size, arena, random);
      switch (from) {
        case U8 ->
            k.decodeU8ToF64(
                s.memory(),
                s.offset(),
                rows.list(),
                rows.n(),
                base,
                divisor,
                out.memory(),
                out.offset());
        case U16 ->
            k.decodeU16ToF64(
                s.memory(),
                s.offset(),
                rows.list(),
                rows.n(),
                base,
                divisor,
                out.memory(),
                out.offset());
        default ->
            k.decodeU32ToF64(
                s.memory(),
                s.offset(),
                rows.list(),
                rows.n(),
                base,
                divisor,
                out.memory(),
                out.offset());
      }
      Sample now = out.reread();
      for (int row : rows.plain()) {
        double expected =
            new BigDecimal(base)
                .add(BigDecimal.valueOf(s.longAt(row)))
                .movePointLeft(decimals)
                .doubleValue();
        assertThat(Double.doubleToRawLongBits(now.doubleAt(row)))
            .as(at(from + ", base " + base + ", decimals " + decimals + ", row " + row, size))
            .isEqualTo(Double.doubleToRawLongBits(expected));
      }
    }
  }
}
