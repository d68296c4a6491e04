package colonnade.engine.store.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON document strictly (RFC 8259): UTF-8 without a byte order mark, no comments, no
 * trailing commas or bytes, no name twice in one object, nesting no deeper than {@link #MAX_DEPTH},
 * no more values than {@link TableFormat#MAX_MANIFEST_VALUES}: what they take in memory is many
 * times their text. Used once, by one thread.
 */
final class JsonReader {
  /** Nesting that a manifest never needs. */
  static final int MAX_DEPTH = 16;

  private static final int MAX_NUMERAL_CHARS = 64;

  /** The text and one zero more, so that no loop needs to look for the end. */
  private final char[] text;

  private final int length;
  private int position;
  private int valueCount;

  private JsonReader(CharBuffer decoded) {
    length = decoded.position();
    text = decoded.array();
  }

  /** The document in {@code bytes}. */
  static Json read(byte[] bytes) throws JsonException {
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    try {
      CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
      CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
      if (result.isError()) {
        result.throwException();
      }
    } catch (CharacterCodingException e) {
      throw new JsonException("it is not UTF-8 (" + e.getMessage() + ")");
    }
    JsonReader reader = new JsonReader(text);
    Json value = reader.value(0);
    reader.space();
    if (reader.position < reader.length) {
      throw reader.wrong("more after its end");
    }
    return value;
  }

  private Json value(int depth) throws JsonException {
    if (depth > MAX_DEPTH) {
      throw wrong("nesting deeper than " + MAX_DEPTH);
    }
    if (++valueCount > TableFormat.MAX_MANIFEST_VALUES) {
      throw wrong("more than " + TableFormat.MAX_MANIFEST_VALUES + " values");
    }
    space();
    char c = peek();
    return switch (c) {
      case '{' -> members(depth);
      case '[' -> items(depth);
      case '"' -> new Json.Text(string());
      case 't' -> word("true", Json.Word.TRUE);
      case 'f' -> word("false", Json.Word.FALSE);
      case 'n' -> word("null", Json.Word.NULL);
      default -> numeral();
    };
  }

  private Json members(int depth) throws JsonException {
    Map<String, Json> values = new LinkedHashMap<>();
    position++;
    space();
    if (peek() == '}') {
      position++;
      return new Json.Members(values);
    }
    while (true) {
      space();
      if (peek() != '"') {
        throw wrong("a member's name expected");
      }
      String name = string();
      space();
      expect(':');
      if (values.put(name, value(depth + 1)) != null) {
        throw wrong("the member '" + name + "' twice in one object");
      }
      space();
      if (peek() == '}') {
        position++;
        return new Json.Members(values);
      }
      expect(',');
    }
  }

  private Json items(int depth) throws JsonException {
    List<Json> values = new ArrayList<>();
    position++;
    space();
    if (peek() == ']') {
      position++;
      return new Json.Items(values);
    }
    while (true) {
      values.add(value(depth + 1));
      space();
      if (peek() == ']') {
        position++;
        return new Json.Items(values);
      }
      expect(',');
    }
  }

  private String string() throws JsonException {
    int start = ++position;
    int at = start;
    while (text[at] != '"' && text[at] != '\\' && text[at] >= ' ') {
      at++;
    }
    position = at;
    char c = peek();
    if (c == '"') {
      position++;
      return new String(text, start, at - start);
    }
    if (c == '\\') {
      return escapedString(start);
    }
    throw wrong("a control character in a string");
  }

  private String escapedString(int start) throws JsonException {
    StringBuilder result = new StringBuilder().append(text, start, position - start);
    while (true) {
      char c = peek();
      position++;
      if (c == '"') {
        return result.toString();
      }
      if (c < ' ') {
        throw wrong("a control character in a string");
      }
      result.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() throws JsonException {
    char c = peek();
    position++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          char hex = peek();
          int digit = hex < 128 ? Character.digit(hex, 16) : -1;
          if (digit < 0) {
            throw wrong("an unknown escape in a string");
          }
          code = code << 4 | digit;
          position++;
        }
        yield (char) code;
      }
      default -> throw wrong("an unknown escape in a string");
    };
  }

  private Json word(String spelling, Json.Word word) throws JsonException {
    for (int i = 0; i < spelling.length(); i++) {
      // The zero at the end differs from every letter, so this never looks beyond it.
      if (text[position] != spelling.charAt(i)) {
        throw wrong("a value expected");
      }
      position++;
    }
    return word;
  }

  private Json numeral() throws JsonException {
    int start = position;
    if (peek() == '-') {
      position++;
    }
    int first = position;
    digits();
    if (position > first + 1 && text[first] == '0') {
      throw wrong("a number with a leading zero");
    }
    if (at('.')) {
      position++;
      digits();
    }
    if (at('e') || at('E')) {
      position++;
      if (at('+') || at('-')) {
        position++;
      }
      digits();
    }
    if (position - start > MAX_NUMERAL_CHARS) {
      throw wrong("a number of more than " + MAX_NUMERAL_CHARS + " characters");
    }
    return new Json.Numeral(new String(text, start, position - start));
  }

  private void digits() throws JsonException {
    int start = position;
    while (isDigit(text[position])) {
      position++;
    }
    if (position == start) {
      throw wrong("a value expected");
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean at(char c) {
    return text[position] == c;
  }

  private void space() {
    char c = text[position];
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      c = text[++position];
    }
  }

  private char peek() throws JsonException {
    char c = text[position];
    if (c == 0 && position == length) {
      throw wrong("an early end");
    }
    return c;
  }

  private void expect(char c) throws JsonException {
    if (peek() != c) {
      throw wrong("'" + c + "' expected");
    }
    position++;
  }

  private JsonException wrong(String what) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      line += text[i] == '\n' ? 1 : 0;
    }
    return new JsonException("it has " + what + " in line " + line);
  }
}
