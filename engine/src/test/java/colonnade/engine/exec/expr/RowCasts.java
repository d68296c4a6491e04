package colonnade.engine.exec.expr;

import colonnade.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes of type of {@link RowInterpreter}. */
final class RowCasts {
  private static final Pattern TIME =
      Pattern.compile(
          "([+-]?\\d{4,7})-(\\d\\d)-(\\d\\d)"
              + "([Tt ](\\d\\d):(\\d\\d)(:(\\d\\d)(\\.(\\d+))?)?[zZ]?)?");

  private RowCasts() {}

  static Object cast(Object value, DataType from, DataType to) {
    if (from == to) {
      return value;
    }
    if (value instanceof String text) {
      return ofText(text, to);
    }
    if (value instanceof byte[] bytes) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw new RowInterpreter.NoValue("no text");
      }
    }
    if (to == DataType.UTF8) {
      return from == DataType.F32
          ? Float.toString((float) (double) (Double) value)
          : from.isTemporal() ? RowTimes.text((Long) value, from) : value.toString();
    }
    return ofNumber(value instanceof Boolean flag ? (Object) (flag ? 1L : 0L) : value, from, to);
  }

  private static Object ofNumber(Object value, DataType from, DataType to) {
    if (to == DataType.BOOL) {
      return ((Number) value).doubleValue() != 0;
    }
    if (to == DataType.F64) {
      return ((Number) value).doubleValue();
    }
    if (to == DataType.F32) {
      float narrow = ((Number) value).floatValue();
      if (Float.isInfinite(narrow) && !Double.isInfinite(((Number) value).doubleValue())) {
        throw new RowInterpreter.NoValue("too large for f32");
      }
      return (double) narrow;
    }
    if (value instanceof Double d) {
      if (!Double.isFinite(d)) {
        throw new RowInterpreter.NoValue("no integer");
      }
      return fit(new BigDecimal(d).setScale(0, RoundingMode.DOWN).toBigInteger(), to);
    }
    BigInteger integer = BigInteger.valueOf((Long) value);
    BigInteger day = BigInteger.valueOf(86_400_000_000L);
    if (from == DataType.DATE && to == DataType.TIMESTAMP_MICROS) {
      return fit(integer.multiply(day), to);
    }
    return from == DataType.TIMESTAMP_MICROS && to == DataType.DATE
        ? (Object) Math.floorDiv((Long) value, 86_400_000_000L)
        : fit(integer, to);
  }

  private static Object fit(BigInteger value, DataType to) {
    int bits = 8 * to.widthBytes();
    boolean unsigned = Set.of(DataType.U8, DataType.U16, DataType.U32).contains(to);
    BigInteger least = unsigned ? BigInteger.ZERO : BigInteger.ONE.shiftLeft(bits - 1).negate();
    BigInteger above = BigInteger.ONE.shiftLeft(unsigned ? bits : bits - 1);
    if (value.compareTo(least) < 0 || value.compareTo(above) >= 0) {
      throw new RowInterpreter.NoValue(value + " is no " + to);
    }
    return value.longValue();
  }

  private static Object ofText(String whole, DataType to) {
    String text = whole.replaceAll("\\A[ \\t\\n\\x0B\\f\\r]+|[ \\t\\n\\x0B\\f\\r]+\\z", "");
    if (to == DataType.BINARY) {
      return whole.getBytes(StandardCharsets.UTF_8);
    }
    if (to == DataType.BOOL) {
      String name = text.toLowerCase(Locale.ROOT);
      if (Set.of("true", "t", "yes", "y", "1").contains(name)) {
        return true;
      }
      if (Set.of("false", "f", "no", "n", "0").contains(name)) {
        return false;
      }
      throw new RowInterpreter.NoValue("no bool");
    }
    if (to.isFloating()) {
      double value = number(text, to);
      return value;
    }
    if (to.isTemporal()) {
      return time(text, to);
    }
    if (!text.matches("[+-]?[0-9]+")) {
      throw new RowInterpreter.NoValue("no integer");
    }
    return fit(new BigInteger(text), to);
  }

  private static double number(String text, DataType to) {
    String name = text.replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
    double sign = text.startsWith("-") ? -1 : 1;
    if (name.equals("nan")) {
      return Double.NaN;
    }
    if (name.equals("inf") || name.equals("infinity")) {
      return sign * Double.POSITIVE_INFINITY;
    }
    if (!text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
      throw new RowInterpreter.NoValue("no number");
    }
    return to == DataType.F32 ? Float.parseFloat(text) : Double.parseDouble(text);
  }

  private static Object time(String text, DataType to) {
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      throw new RowInterpreter.NoValue("no time");
    }
    try {
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(m.group(1)),
              Integer.parseInt(m.group(2)),
              Integer.parseInt(m.group(3)));
      LocalDateTime time = date.atStartOfDay();
      if (m.group(4) != null) {
        String fraction = ((m.group(10) == null ? "" : m.group(10)) + "000000").substring(0, 6);
        time =
            date.atTime(
                Integer.parseInt(m.group(5)),
                Integer.parseInt(m.group(6)),
                m.group(8) == null ? 0 : Integer.parseInt(m.group(8)),
                1000 * Integer.parseInt(fraction));
      }
      return RowTimes.value(time, to);
    } catch (DateTimeException e) {
      throw new RowInterpreter.NoValue("no time");
    }
  }
}
