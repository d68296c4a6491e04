package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArithmeticKernelsTest extends LoopTest {
  private interface Columns {
    void run(
        Kernels kernels,
        MemorySegment a,
        long aOffset,
        MemorySegment b,
        long bOffset,
        int[] rows,
        int n,
        MemorySegment out,
        long outOffset);
  }

  private interface Right {
    void run(
        Kernels kernels,
        MemorySegment a,
        long aOffset,
        double b,
        int[] rows,
        int n,
        MemorySegment out,
        long outOffset);
  }

  private interface Left {
    void run(
        Kernels kernels,
        double a,
        MemorySegment b,
        long bOffset,
        int[] rows,
        int n,
        MemorySegment out,
        long outOffset);
  }

  private interface Single {
    void run(
        Kernels kernels,
        MemorySegment a,
        long aOffset,
        int[] rows,
        int n,
        MemorySegment out,
        long outOffset);
  }

  private record Binary(
      String name, DoubleBinaryOperator meaning, Columns columns, Right right, Left left) {}

  private record Unary(String name, DoubleUnaryOperator meaning, Single loop) {}

  private static final List<Binary> BINARY =
      List.of(
          new Binary("+", (x, y) -> x + y, Kernels::addF64, Kernels::addF64, Kernels::addF64),
          new Binary(
              "-",
              (x, y) -> x - y,
              Kernels::subtractF64,
              Kernels::subtractF64,
              Kernels::subtractF64),
          new Binary(
              "*",
              (x, y) -> x * y,
              Kernels::multiplyF64,
              Kernels::multiplyF64,
              Kernels::multiplyF64),
          new Binary(
              "/", (x, y) -> x / y, Kernels::divideF64, Kernels::divideF64, Kernels::divideF64),
          new Binary(
              "//",
              (x, y) -> Math.floor(x / y),
              Kernels::floorDivideF64,
              Kernels::floorDivideF64,
              Kernels::floorDivideF64),
          new Binary(
              "%",
              (x, y) -> x % y,
              Kernels::remainderF64,
              Kernels::remainderF64,
              Kernels::remainderF64));

  private static final List<Unary> UNARY =
      List.of(
          new Unary("negate", x -> -x, Kernels::negateF64),
          new Unary("abs", Math::abs, Kernels::absF64),
          new Unary("sign", Math::signum, Kernels::signF64),
          new Unary("sqrt", Math::sqrt, Kernels::sqrtF64),
          new Unary("floor", Math::floor, Kernels::floorF64),
          new Unary("ceil", Math::ceil, Kernels::ceilF64),
          new Unary(
              "truncate", x -> Math.copySign(Math.floor(Math.abs(x)), x), Kernels::truncateF64));

  @ParameterizedTest
  @EnumSource
  void computesF64AsJavaDoesToTheBit(Subject subject) {
    Kernels kernels = subject.kernels();
    for (int size : Sample.SIZES) {
      Sample a = Sample.of(DataType.F64, size, arena, random);
      Sample b = Sample.of(DataType.F64, size, arena, random);
      MemorySegment x = a.memory();
      long at = a.offset();
      for (Sample.Rows rows : a.lists(random)) {
        int[] list = rows.list();
        int n = rows.n();
        Sample out = Sample.room(DataType.F64, size, arena, random);
        MemorySegment to = out.memory();
        long toAt = out.offset();
        for (Binary op : BINARY) {
          DoubleBinaryOperator f = op.meaning;
          double c = random.nextInt(-2, 3);
          op.columns.run(kernels, x, at, b.memory(), b.offset(), list, n, to, toAt);
          checkF64(op.name, out, rows, i -> f.applyAsDouble(a.doubleAt(i), b.doubleAt(i)));
          op.right.run(kernels, x, at, c, list, n, to, toAt);
          checkF64(op.name + c, out, rows, i -> f.applyAsDouble(a.doubleAt(i), c));
          op.left.run(kernels, c, x, at, list, n, to, toAt);
          checkF64(c + op.name, out, rows, i -> f.applyAsDouble(c, a.doubleAt(i)));
        }
        for (Unary op : UNARY) {
          op.loop.run(kernels, x, at, list, n, to, toAt);
          checkF64(op.name, out, rows, i -> op.meaning.applyAsDouble(a.doubleAt(i)));
        }
      }
    }
  }

  private static void checkF64(
      String what, Sample out, Sample.Rows rows, IntToDoubleFunction expected) {
    Sample now = out.reread();
    for (int row : rows.plain()) {
      long bits = Double.doubleToLongBits(expected.applyAsDouble(row));
      if (Double.doubleToLongBits(now.doubleAt(row)) != bits) {
        assertThat(now.doubleAt(row))
            .as(at(what + " row " + row, out.size()))
            .isEqualTo(Double.longBitsToDouble(bits));
      }
    }
  }

  private interface LongColumns {
    long run(
        Kernels kernels,
        MemorySegment a,
        long aOffset,
        MemorySegment b,
        long bOffset,
        int[] rows,
        int n,
        MemorySegment out,
        long outOffset);
  }

  private interface LongRight {
    long run(
        Kernels kernels,
        MemorySegment a,
        long aOffset,
        long b,
        int[] rows,
        int n,
        MemorySegment out,
        long outOffset);
  }

  private interface LongLeft {
    long run(
        Kernels kernels,
        long a,
        MemorySegment b,
        long bOffset,
        int[] rows,
        int n,
        MemorySegment out,
        long outOffset);
  }

  private interface LongSingle {
    long run(
        Kernels kernels,
        MemorySegment a,
        long aOffset,
        int[] rows,
        int n,
        MemorySegment out,
        long outOffset);
  }

  private record LongBinary(
      String name,
      BinaryOperator<BigInteger> meaning,
      LongColumns columns,
      LongRight right,
      LongLeft left) {}

  private record LongUnary(String name, UnaryOperator<BigInteger> meaning, LongSingle loop) {}

  private static final List<LongBinary> LONG_BINARY =
      List.of(
          new LongBinary("+", BigInteger::add, Kernels::addI64, Kernels::addI64, Kernels::addI64),
          new LongBinary(
              "-",
              BigInteger::subtract,
              Kernels::subtractI64,
              Kernels::subtractI64,
              Kernels::subtractI64),
          new LongBinary(
              "*",
              BigInteger::multiply,
              Kernels::multiplyI64,
              Kernels::multiplyI64,
              Kernels::multiplyI64),
          new LongBinary(
              "//",
              ArithmeticKernelsTest::floorDivide,
              Kernels::floorDivideI64,
              Kernels::floorDivideI64,
              Kernels::floorDivideI64),
          new LongBinary(
              "%",
              (x, y) -> y.signum() == 0 ? y : x.remainder(y),
              Kernels::remainderI64,
              Kernels::remainderI64,
              Kernels::remainderI64));

  private static final List<LongUnary> LONG_UNARY =
      List.of(
          new LongUnary("negate", BigInteger::negate, Kernels::negateI64),
          new LongUnary("abs", BigInteger::abs, Kernels::absI64),
          new LongUnary("sign", x -> BigInteger.valueOf(x.signum()), Kernels::signI64));

  @ParameterizedTest
  @EnumSource
  void computesI64ModuloItsWidthAndTellsOverflow(Subject subject) {
    Kernels kernels = subject.kernels();
    for (int size : Sample.SIZES) {
      Sample any = Sample.of(DataType.I64, size, arena, random);
      Sample small = Sample.of(DataType.I64, size, arena, random);
      for (int i = 0; i < size; i++) {
        small.memory().set(Layouts.I64, small.offset() + 8L * i, random.nextInt(-9, 9));
      }
      for (Sample.Rows rows : any.lists(random)) {
        checkI64(kernels, any, small.reread(), rows);
        checkI64(kernels, small.reread(), any, rows);
        checkI64(kernels, small.reread(), small.reread(), rows);
      }
    }
  }

  private void checkI64(Kernels kernels, Sample a, Sample b, Sample.Rows rows) {
    MemorySegment x = a.memory();
    long at = a.offset();
    int[] list = rows.list();
    int n = rows.n();
    Sample out = Sample.room(DataType.I64, a.size(), arena, random);
    MemorySegment to = out.memory();
    long toAt = out.offset();
    long c = random.nextBoolean() ? random.nextInt(-2, 3) : Long.MIN_VALUE;
    BigInteger constant = BigInteger.valueOf(c);
    for (LongBinary op : LONG_BINARY) {
      BinaryOperator<BigInteger> f = op.meaning;
      long flag = op.columns.run(kernels, x, at, b.memory(), b.offset(), list, n, to, toAt);
      checkI64(op.name, out, rows, flag, i -> f.apply(big(a, i), big(b, i)));
      flag = op.right.run(kernels, x, at, c, list, n, to, toAt);
      checkI64(op.name + c, out, rows, flag, i -> f.apply(big(a, i), constant));
      flag = op.left.run(kernels, c, x, at, list, n, to, toAt);
      checkI64(c + op.name, out, rows, flag, i -> f.apply(constant, big(a, i)));
    }
    for (LongUnary op : LONG_UNARY) {
      long flag = op.loop.run(kernels, x, at, list, n, to, toAt);
      checkI64(op.name, out, rows, flag, i -> op.meaning.apply(big(a, i)));
    }
  }

  private interface Exact {
    BigInteger at(int row);
  }

  private static void checkI64(
      String what, Sample out, Sample.Rows rows, long flag, Exact expected) {
    Sample now = out.reread();
    boolean overflows = false;
    for (int row : rows.plain()) {
      BigInteger exact = expected.at(row);
      overflows |= exact.bitLength() > 63;
      if (now.longAt(row) != exact.longValue()) {
        assertThat(now.longAt(row))
            .as(at(what + " row " + row, out.size()))
            .isEqualTo(exact.longValue());
      }
    }
    assertThat(flag != 0).as(at(what + " overflow", out.size())).isEqualTo(overflows);
  }

  private static BigInteger big(Sample sample, int row) {
    return BigInteger.valueOf(sample.longAt(row));
  }

  private static BigInteger floorDivide(BigInteger x, BigInteger y) {
    if (y.signum() == 0) {
      return y;
    }
    BigInteger[] parts = x.divideAndRemainder(y);
    return parts[1].signum() != 0 && parts[1].signum() != y.signum()
        ? parts[0].subtract(BigInteger.ONE)
        : parts[0];
  }
}
