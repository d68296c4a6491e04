package colonnade;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Reads one field at a time as a value of a given type; holds the last one. Not thread-safe. */
final class CsvValue {
  private long integer;
  private double floating;
  private byte[] bytes = {};

  /** Reads the field; false if it is no value of the type. */
  boolean read(DataType type, CsvFields fields, int field) {
    char[] text = fields.text();
    int start = fields.start(field);
    int end = fields.end(field);
    if (type == DataType.UTF8) {
      bytes = new String(text, start, end - start).getBytes(StandardCharsets.UTF_8);
      return true;
    }
    while (start < end && text[start] == ' ') {
      start++;
    }
    while (start < end && text[end - 1] == ' ') {
      end--;
    }
    return switch (type) {
      case I8 -> integer(text, start, end, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case I16 -> integer(text, start, end, Short.MIN_VALUE, Short.MAX_VALUE);
      case I32 -> integer(text, start, end, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case I64 -> integer(text, start, end, Long.MIN_VALUE, Long.MAX_VALUE);
      case U8 -> integer(text, start, end, 0, 0xff);
      case U16 -> integer(text, start, end, 0, 0xffff);
      case U32 -> integer(text, start, end, 0, 0xffffffffL);
      case F32, F64 -> floating(text, start, end);
      case BOOL -> found(CsvGuess.truth(text, start, end), -1);
      case DATE -> found(CsvTime.parseDate(text, start, end), CsvTime.NONE);
      case TIMESTAMP_MICROS -> found(CsvTime.parseTimestamp(text, start, end), CsvTime.NONE);
      case BINARY -> hex(text, start, end);
      case UTF8 -> throw new IllegalStateException("text was read above");
    };
  }

  /** The integer, boolean (0, 1), date or timestamp read. */
  long integer() {
    return integer;
  }

  /** The number read. */
  double floating() {
    return floating;
  }

  /** The text in UTF-8 or the bytes read. */
  byte[] bytes() {
    return bytes;
  }

  private boolean found(long value, long none) {
    integer = value;
    return value != none;
  }

  /** As {@link CsvNumber}, but where integers were asked for a plus or leading zeros are fine. */
  private boolean integer(char[] text, int start, int end, long low, long high) {
    int first = start;
    boolean negative = first < end && text[first] == '-';
    if (first < end && (negative || text[first] == '+')) {
      first++;
    }
    while (first < end - 1 && text[first] == '0') {
      first++;
    }
    String digits = new String(text, first, end - first);
    char[] plain = (negative ? "-" + digits : digits).toCharArray();
    if (CsvNumber.shape(plain, 0, plain.length) != CsvNumber.Shape.I64) {
      return false;
    }
    integer = CsvNumber.parseLong(plain, 0, plain.length);
    return integer >= low && integer <= high;
  }

  private boolean floating(char[] text, int start, int end) {
    int first = start < end && text[start] == '+' ? start + 1 : start;
    boolean negative = first < end && text[first] == '-';
    int zero = negative ? first + 1 : first;
    int digit = zero;
    while (digit < end - 1
        && text[digit] == '0'
        && text[digit + 1] >= '0'
        && text[digit + 1] <= '9') {
      digit++;
    }
    if (digit > zero) {
      String plain = (negative ? "-" : "") + new String(text, digit, end - digit);
      return floating(plain.toCharArray(), 0, plain.length());
    }
    if (CsvNumber.shape(text, first, end) == CsvNumber.Shape.NONE) {
      return false;
    }
    floating = CsvNumber.parseDouble(text, first, end);
    return true;
  }

  private boolean hex(char[] text, int start, int end) {
    try {
      bytes = HexFormat.of().parseHex(new String(text, start, end - start));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
