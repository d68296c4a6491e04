package colonnade;

/**
 * Columns of a terminal that text takes: two for East Asian wide characters and emoji, none for
 * combining marks and joiners. An approximation of Unicode's tables, for tables of text.
 */
final class TextWidth {
  private TextWidth() {}

  /** The columns that {@code text} takes. */
  static int of(String text) {
    int width = 0;
    int previous = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      width += previous == 0x200d ? 0 : of(c);
      previous = c;
      i += Character.charCount(c);
    }
    return width;
  }

  /** {@code text}, or its start and an ellipsis if it takes more than {@code limit} columns. */
  static String cut(String text, int limit) {
    if (text.length() <= limit && of(text) <= limit || of(text) <= limit) {
      return text;
    }
    int width = 0;
    int end = 0;
    int previous = -1;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      int next = previous == 0x200d ? 0 : of(c);
      if (width + next > limit - 1) {
        break;
      }
      width += next;
      previous = c;
      end += Character.charCount(c);
    }
    return text.substring(0, end) + "…";
  }

  private static int of(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean skinTone = c >= 0x1f3fb && c <= 0x1f3ff;
    return skinTone ? 0 : isWide(c) ? 2 : 1;
  }

  private static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115f
        || c >= 0x2e80 && c <= 0x303e
        || c >= 0x3041 && c <= 0xa4cf
        || c >= 0xac00 && c <= 0xd7a3
        || c >= 0xf900 && c <= 0xfaff
        || c >= 0xfe30 && c <= 0xfe6f
        || c >= 0xff00 && c <= 0xff60
        || c >= 0xffe0 && c <= 0xffe6
        || Character.isEmojiPresentation(c)
        || c >= 0x20000 && c <= 0x3fffd;
  }
}
