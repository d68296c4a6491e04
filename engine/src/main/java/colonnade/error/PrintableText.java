package colonnade.error;

import java.util.Locale;

/**
 * Text that may hold names from files, made safe to be printed: a terminal obeys control
 * characters, and characters that reverse the direction of writing make one name look like another.
 */
public final class PrintableText {
  private PrintableText() {}

  /**
   * The text with such characters in the notation of Java, {@code \}{@code u001b} for escape; line
   * feeds and tabs stay. Costs nothing where there are none.
   */
  public static String of(String text) {
    int i = 0;
    while (i < text.length() && isHarmless(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, i);
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHarmless(c)) {
        safe.append(c);
      } else {
        safe.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return safe.toString();
  }

  private static boolean isHarmless(char c) {
    boolean control = c < ' ' && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0;
    boolean direction =
        c == '\u200e'
            || c == '\u200f'
            || c >= '\u202a' && c <= '\u202e'
            || c >= '\u2066' && c <= '\u2069';
    return !control && !direction;
  }
}
