package colonnade.cli.jsh;

import java.util.List;
import java.util.stream.Collectors;

/** Text as a literal of the Java language. */
final class Literal {
  private Literal() {}

  /** The literals of these texts, with commas between them. */
  static String ofAll(List<String> texts) {
    return texts.stream().map(Literal::of).collect(Collectors.joining(", "));
  }

  /** The literal whose value is {@code text}, in ASCII. */
  static String of(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        default -> {
          if (c >= ' ' && c < 127) {
            literal.append(c);
          } else {
            literal.append(String.format("\\u%04x", (int) c));
          }
        }
      }
    }
    return literal.append('"').toString();
  }
}
