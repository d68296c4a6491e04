package colonnade;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;

/** Single values as people read them. */
final class CellText {
  private static final int MAX_BYTES = 16;
  private static final MathContext SEVEN_DIGITS = new MathContext(7);
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter();

  private CellText() {}

  /** One line of text; control characters are escaped, long bytes cut. */
  static String of(Object value) {
    return switch (value) {
      case Double d -> number(d);
      case LocalDateTime time -> TIMESTAMP.format(time);
      case byte[] bytes ->
          HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MAX_BYTES))
              + (bytes.length > MAX_BYTES ? "… (" + bytes.length + " bytes)" : "");
      case String s -> oneLine(s);
      default -> value.toString();
    };
  }

  /**
   * At most seven significant digits, or all digits before the point; {@code 1.0}, not {@code 1}.
   */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    if (size >= 1e15 || size < 1e-4) {
      return Double.toString(new BigDecimal(value).round(SEVEN_DIGITS).doubleValue());
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    int digitsBeforePoint = exact.precision() - exact.scale();
    int decimals = Math.clamp(7L - Math.max(digitsBeforePoint, 1), 1, 9);
    BigDecimal rounded =
        size < 1
            ? exact.round(new MathContext(6))
            : exact.setScale(Math.min(decimals, 6), java.math.RoundingMode.HALF_EVEN);
    BigDecimal shortest = rounded.stripTrailingZeros();
    return (shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString();
  }

  private static String oneLine(String text) {
    StringBuilder line = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029';
      if (control && line == null) {
        line = new StringBuilder(text.substring(0, i));
      }
      if (line != null) {
        line.append(control ? escape(c) : String.valueOf(c));
      }
    }
    return line == null ? text : line.toString();
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) c);
    };
  }
}
