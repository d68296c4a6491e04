package colonnade.engine.exec.expr;

import colonnade.DataType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Casts of text to other types. White space around a value does not count. {@code
 * src/docs/expressions.md} has what is understood.
 */
final class TextParsing {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final double[] POWERS_OF_TEN = new double[16];

  static {
    double power = 1;
    for (int i = 0; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = power;
      power *= 10;
    }
  }

  private TextParsing() {}

  /** The cast of text to {@code to}, or of binary to text. */
  static TextOperation to(DataType to) {
    return switch (to) {
      case F64 -> a -> f64(a);
      case F32 -> a -> f32(a);
      case BOOL -> TextParsing::bool;
      case DATE -> a -> new TimeParser(a).days();
      case TIMESTAMP_MICROS -> a -> new TimeParser(a).micros();
      case UTF8 -> TextParsing::utf8;
      case BINARY ->
          a -> {
            a.result().append(a.text(0));
            return 0;
          };
      default -> {
        long least = FixedWidth.least(to);
        long greatest = FixedWidth.greatest(to);
        yield a -> integer(a, least, greatest);
      }
    };
  }

  /** The first byte that is no white space. */
  static int start(TextBuffer text) {
    int i = 0;
    while (i < text.length() && isSpace(text.bytes()[i])) {
      i++;
    }
    return i;
  }

  /** The byte after the last that is no white space; not below {@code start}. */
  static int end(TextBuffer text, int start) {
    int i = text.length();
    while (i > start && isSpace(text.bytes()[i - 1])) {
      i--;
    }
    return i;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  private static long integer(TextArguments a, long least, long greatest) {
    byte[] bytes = a.text(0).bytes();
    int at = start(a.text(0));
    int end = end(a.text(0), at);
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    if (at == end) {
      return a.fail();
    }
    // Negative, because the least value has no positive counterpart.
    long value = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
        return a.fail();
      }
      value = 10 * value - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      return a.fail();
    }
    long result = negative ? value : -value;
    return result < least || result > greatest ? a.fail() : result;
  }

  private static long f64(TextArguments a) {
    byte[] bytes = a.text(0).bytes();
    int start = start(a.text(0));
    int end = end(a.text(0), start);
    // Up to 15 digits and a power of ten that f64 holds exactly: one correctly rounded division.
    int at = start;
    boolean negative = at < end && bytes[at] == '-';
    at += negative ? 1 : 0;
    long digits = 0;
    int count = 0;
    int decimals = -1;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
        count++;
        decimals += decimals >= 0 ? 1 : 0;
      } else if (bytes[at] == '.' && decimals < 0) {
        decimals = 0;
      } else {
        break;
      }
      if (count > 15) {
        break;
      }
    }
    if (at == end && count > 0) {
      double value = decimals > 0 ? digits / POWERS_OF_TEN[decimals] : digits;
      return Double.doubleToRawLongBits(negative ? -value : value);
    }
    String text = special(bytes, start, end);
    return text == null ? a.fail() : Double.doubleToRawLongBits(Double.parseDouble(text));
  }

  private static long f32(TextArguments a) {
    int start = start(a.text(0));
    String text = special(a.text(0).bytes(), start, end(a.text(0), start));
    return text == null ? a.fail() : Float.floatToRawIntBits(Float.parseFloat(text));
  }

  /** The number as Java reads it, or null if it is none. */
  private static @Nullable String special(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    int sign = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    String name = text.substring(sign);
    if (name.equalsIgnoreCase("nan")) {
      return "NaN";
    }
    if (name.equalsIgnoreCase("inf") || name.equalsIgnoreCase("infinity")) {
      return text.substring(0, sign) + "Infinity";
    }
    return DECIMAL.matcher(text).matches() ? text : null;
  }

  private static long bool(TextArguments a) {
    int start = start(a.text(0));
    String text =
        new String(
            a.text(0).bytes(), start, end(a.text(0), start) - start, StandardCharsets.ISO_8859_1);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1" -> 1;
      case "false", "f", "no", "n", "0" -> 0;
      default -> a.fail();
    };
  }

  private static long utf8(TextArguments a) {
    TextBuffer in = a.text(0);
    if (!in.isAscii()) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.bytes(), 0, in.length()));
      } catch (CharacterCodingException e) {
        return a.fail();
      }
    }
    a.result().append(in);
    return 0;
  }
}
