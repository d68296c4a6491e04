package colonnade.engine.store.array;

import colonnade.DataType;
import colonnade.error.InvalidQueryException;
import colonnade.error.MalformedInputException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the text of an {@code .npy} header, a Python dictionary with exactly the keys {@code
 * descr}, {@code fortran_order} and {@code shape}, once each and in any order. For one use.
 */
final class NpyDictionary {
  private static final int MAXIMUM_DIGITS = 19;

  private final String place;
  private final String text;
  private final int textOffset;
  private int next;
  private @Nullable String descriptor;
  private @Nullable Boolean columnMajor;
  private long @Nullable [] shape;

  /**
   * A recogniser.
   *
   * @param textOffset where in the file the text begins, for messages
   */
  NpyDictionary(String place, String text, int textOffset) {
    this.place = place;
    this.text = text;
    this.textOffset = textOffset;
  }

  NpyHeader parse(int dataOffset) {
    expect('{');
    while (!accept('}')) {
      entry();
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipBlanks();
    if (next < text.length()) {
      throw malformed("more text follows the header's dictionary");
    }
    if (descriptor == null || columnMajor == null || shape == null) {
      throw malformed(
          "the header lacks '"
              + (descriptor == null ? "descr" : columnMajor == null ? "fortran_order" : "shape")
              + "'");
    }
    DataType type = NpyTypes.type(descriptor, place);
    ByteOrder order = NpyTypes.order(descriptor);
    checkSize(type, shape);
    return new NpyHeader(type, order, columnMajor, shape, dataOffset);
  }

  private void entry() {
    int keyStart = next;
    String key = string();
    expect(':');
    switch (key) {
      case "descr" -> {
        refuseTwice(descriptor, key, keyStart);
        skipBlanks();
        if (next < text.length() && text.charAt(next) == '[') {
          throw NpyTypes.unsupported(
              "a structured type", "Save each field as an array of its own.", place);
        }
        descriptor = string();
      }
      case "fortran_order" -> {
        refuseTwice(columnMajor, key, keyStart);
        columnMajor = bool();
      }
      case "shape" -> {
        refuseTwice(shape, key, keyStart);
        shape = tuple();
      }
      default -> {
        next = keyStart;
        throw malformed("a header has the keys descr, fortran_order and shape, and no other");
      }
    }
  }

  private void refuseTwice(@Nullable Object value, String key, int keyStart) {
    if (value != null) {
      next = keyStart;
      throw malformed("'" + key + "' stands there twice");
    }
  }

  private String string() {
    skipBlanks();
    char quote = next < text.length() ? text.charAt(next) : 0;
    if (quote != '\'' && quote != '"') {
      throw malformed("a quoted word is expected");
    }
    int start = ++next;
    while (next < text.length() && text.charAt(next) != quote) {
      char c = text.charAt(next);
      if (c < ' ' || c > '~' || c == '\\') {
        throw malformed("a quoted word holds plain ASCII only");
      }
      next++;
    }
    if (next >= text.length()) {
      throw malformed("a quoted word does not end");
    }
    return text.substring(start, next++);
  }

  private boolean bool() {
    skipBlanks();
    for (String word : new String[] {"True", "False"}) {
      if (text.startsWith(word, next)) {
        next += word.length();
        return word.equals("True");
      }
    }
    throw malformed("True or False is expected");
  }

  private long[] tuple() {
    expect('(');
    long[] sizes = new long[Region.MAXIMUM_RANK];
    int count = 0;
    boolean comma = true;
    while (!accept(')')) {
      if (!comma) {
        throw malformed("a comma or ) is expected");
      }
      if (count == sizes.length) {
        throw malformed("a shape has at most " + Region.MAXIMUM_RANK + " axes");
      }
      sizes[count++] = number();
      comma = accept(',');
    }
    if (count == 1 && !comma) {
      throw malformed("a shape of one axis is written with a comma, as in (5,)");
    }
    return Arrays.copyOf(sizes, count);
  }

  private long number() {
    skipBlanks();
    int start = next;
    while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
      next++;
    }
    int digits = next - start;
    if (digits == 0 || digits > 1 && text.charAt(start) == '0') {
      next = start;
      throw malformed("a whole number of 0 or more is expected");
    }
    if (digits <= MAXIMUM_DIGITS) {
      try {
        return Long.parseLong(text, start, next, 10);
      } catch (NumberFormatException e) {
        // 19 digits beyond the largest long: refused below.
      }
    }
    next = start;
    throw malformed("the size of an axis exceeds 2^63");
  }

  private void checkSize(DataType type, long[] sizes) {
    try {
      Math.multiplyExact(Region.countElements(place, sizes), type.widthBytes());
    } catch (InvalidQueryException | ArithmeticException e) {
      throw new MalformedInputException(
          place,
          "the header of "
              + place
              + " claims shape "
              + Arrays.toString(sizes)
              + ", more than 2^63 bytes",
          "",
          e);
    }
  }

  private boolean accept(char wanted) {
    skipBlanks();
    if (next < text.length() && text.charAt(next) == wanted) {
      next++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw malformed("'" + wanted + "' is expected");
    }
  }

  private void skipBlanks() {
    while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\n')) {
      next++;
    }
  }

  private MalformedInputException malformed(String reason) {
    return new MalformedInputException(
        place,
        "the .npy header of "
            + place
            + " is not as numpy writes it, at byte "
            + (textOffset + next)
            + ": "
            + reason,
        "The file is damaged, or was not written by numpy.save. Nothing of it was evaluated.");
  }
}
