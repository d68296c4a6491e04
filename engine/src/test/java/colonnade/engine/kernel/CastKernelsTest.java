package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CastKernelsTest extends LoopTest {
  private static final Map<DataType, BigInteger[]> DOMAINS =
      Map.of(
          DataType.I8, domain(-128, 127),
          DataType.I16, domain(-32_768, 32_767),
          DataType.I32, domain(Integer.MIN_VALUE, Integer.MAX_VALUE),
          DataType.I64, domain(Long.MIN_VALUE, Long.MAX_VALUE),
          DataType.U8, domain(0, 255),
          DataType.U16, domain(0, 65_535),
          DataType.U32, domain(0, 0xffffffffL));

  private static BigInteger[] domain(long low, long high) {
    return new BigInteger[] {BigInteger.valueOf(low), BigInteger.valueOf(high)};
  }

  @ParameterizedTest
  @EnumSource
  void widensEveryNumber(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType type : Sample.NUMBERS) {
      for (int size : Sample.SIZES) {
        Sample s = Sample.of(type, size, arena, random);
        for (Sample.Rows rows : s.lists(random)) {
          Sample f64 = Sample.room(DataType.F64, size, arena, random);
          ByType.castToF64(
              k, type, s.memory(), s.offset(), rows.list(), rows.n(), f64.memory(), f64.offset());
          Sample wide = f64.reread();
          for (int row : rows.plain()) {
            assertThat(Double.doubleToLongBits(wide.doubleAt(row)))
                .as(at(type + " to f64, row " + row, size))
                .isEqualTo(Double.doubleToLongBits(s.doubleAt(row)));
          }
          if (!type.isFloating()) {
            Sample i64 = Sample.room(DataType.I64, size, arena, random);
            ByType.castToI64(
                k, type, s.memory(), s.offset(), rows.list(), rows.n(), i64.memory(), i64.offset());
            Sample whole = i64.reread();
            for (int row : rows.plain()) {
              assertThat(whole.longAt(row))
                  .as(at(type + " to i64, row " + row, size))
                  .isEqualTo(s.longAt(row));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void narrowsAndTellsWhatDoesNotFit(Subject subject) {
    Kernels k = subject.kernels();
    for (DataType type : Sample.INTEGERS) {
      for (int size : Sample.SIZES) {
        for (int trial = 0; trial < 4; trial++) {
          Sample f64 = Sample.of(DataType.F64, size, arena, random);
          if (trial < 2) {
            for (int i = 0; i < size; i++) {
              double tame = random.nextInt(0, 100) + (trial == 0 ? 0.25 : 0);
              f64.memory().set(Layouts.F64, f64.offset() + 8L * i, tame);
            }
            f64 = f64.reread();
          }
          for (Sample.Rows rows : f64.lists(random)) {
            checkF64(k, f64, type, rows);
          }
          if (type != DataType.I64) {
            Sample i64 = Sample.of(DataType.I64, size, arena, random);
            for (Sample.Rows rows : i64.lists(random)) {
              checkI64(k, i64, type, rows);
            }
          }
        }
      }
    }
  }

  private void checkF64(Kernels k, Sample s, DataType type, Sample.Rows rows) {
    Sample out = Sample.room(type, s.size(), arena, random);
    int flags =
        ByType.castF64To(
            k, type, s.memory(), s.offset(), rows.list(), rows.n(), out.memory(), out.offset());
    Sample now = out.reread();
    BigInteger[] domain = DOMAINS.get(type);
    int expected = 0;
    for (int row : rows.plain()) {
      double x = s.doubleAt(row);
      if (Double.isNaN(x) || Double.isInfinite(x)) {
        expected |= Casts.OUT_OF_RANGE;
        continue;
      }
      BigDecimal exact = new BigDecimal(x);
      BigInteger whole = exact.setScale(0, RoundingMode.DOWN).toBigInteger();
      if (whole.compareTo(domain[0]) < 0 || whole.compareTo(domain[1]) > 0) {
        expected |= Casts.OUT_OF_RANGE;
      } else {
        expected |= exact.compareTo(new BigDecimal(whole)) != 0 ? Casts.FRACTION : 0;
        assertThat(now.longAt(row))
            .as(at(x + " to " + type, s.size()))
            .isEqualTo(whole.longValueExact());
      }
    }
    assertThat(flags).as(at("flags of f64 to " + type, s.size())).isEqualTo(expected);
  }

  private void checkI64(Kernels k, Sample s, DataType type, Sample.Rows rows) {
    Sample out = Sample.room(type, s.size(), arena, random);
    int flags =
        ByType.castI64To(
            k, type, s.memory(), s.offset(), rows.list(), rows.n(), out.memory(), out.offset());
    Sample now = out.reread();
    BigInteger[] domain = DOMAINS.get(type);
    int expected = 0;
    for (int row : rows.plain()) {
      BigInteger x = BigInteger.valueOf(s.longAt(row));
      if (x.compareTo(domain[0]) < 0 || x.compareTo(domain[1]) > 0) {
        expected |= Casts.OUT_OF_RANGE;
      } else {
        assertThat(now.longAt(row)).as(at(x + " to " + type, s.size())).isEqualTo(s.longAt(row));
      }
    }
    assertThat(flags).as(at("flags of i64 to " + type, s.size())).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void roundsToF32AndTellsWhatBecameInfinite(Subject subject) {
    Kernels k = subject.kernels();
    for (int size : Sample.SIZES) {
      Sample s = Sample.of(DataType.F64, size, arena, random);
      Sample whole = Sample.of(DataType.I64, size, arena, random);
      for (Sample.Rows rows : s.lists(random)) {
        Sample out = Sample.room(DataType.F32, size, arena, random);
        int flags =
            k.castF64ToF32(
                s.memory(), s.offset(), rows.list(), rows.n(), out.memory(), out.offset());
        Sample now = out.reread();
        int expected = 0;
        for (int row : rows.plain()) {
          double x = s.doubleAt(row);
          expected |= !Double.isInfinite(x) && Float.isInfinite((float) x) ? Casts.OUT_OF_RANGE : 0;
          assertThat(Double.compare(now.doubleAt(row), (float) x)).as(at(x, size)).isZero();
        }
        assertThat(flags).isEqualTo(expected);
        k.castI64ToF32(
            whole.memory(), whole.offset(), rows.list(), rows.n(), out.memory(), out.offset());
        now = out.reread();
        for (int row : rows.plain()) {
          assertThat(now.doubleAt(row)).isEqualTo((double) (float) whole.longAt(row));
        }
      }
    }
  }
}
