package colonnade.engine.store.format;

import java.util.Locale;

/** Writes the tokens of JSON: strings with every escape that UTF-8 and the grammar ask for. */
final class JsonText {
  private JsonText() {}

  /**
   * Appends {@code value} as a JSON string. Half a surrogate pair, which UTF-8 cannot hold, is
   * escaped.
   */
  static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        out.append(c).append(value.charAt(++i));
      } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** Appends a double: a JSON number where there is one, else its name as a string. */
  static void real(StringBuilder out, double value) {
    if (Double.isFinite(value)) {
      out.append(value);
    } else {
      quote(out, Double.toString(value));
    }
  }
}
