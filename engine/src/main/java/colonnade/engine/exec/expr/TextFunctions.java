package colonnade.engine.exec.expr;

import colonnade.engine.plan.Function;
import java.util.regex.Pattern;

/**
 * The functions of text, on UTF-8 bytes. Positions and lengths count code points. Upper and lower
 * case map code points one by one, without locale; white space is {@link Character#isWhitespace}.
 */
final class TextFunctions {
  // Conditions that TextTest knows how to answer without copying what it tests.
  static final TextOperation EQUALITY = a -> bit(a.text(0).compareTo(a.text(1)) == 0);

  static final TextOperation INEQUALITY = a -> bit(a.text(0).compareTo(a.text(1)) != 0);
  static final TextOperation LESS = a -> bit(a.text(0).compareTo(a.text(1)) < 0);
  static final TextOperation LESS_OR_EQUAL = a -> bit(a.text(0).compareTo(a.text(1)) <= 0);
  static final TextOperation GREATER = a -> bit(a.text(0).compareTo(a.text(1)) > 0);
  static final TextOperation GREATER_OR_EQUAL = a -> bit(a.text(0).compareTo(a.text(1)) >= 0);
  static final TextOperation CONTAINS = a -> bit(a.text(0).indexOf(a.text(1), 0) >= 0);
  static final TextOperation STARTS_WITH = a -> bit(a.text(0).hasAt(a.text(1), 0));
  static final TextOperation ENDS_WITH =
      a -> bit(a.text(0).hasAt(a.text(1), a.text(0).length() - a.text(1).length()));

  private TextFunctions() {}

  /** The code of {@code function}; not for "matches". */
  static TextOperation of(Function function) {
    return switch (function) {
      case EQUAL -> EQUALITY;
      case NOT_EQUAL -> INEQUALITY;
      case LESS -> LESS;
      case LESS_OR_EQUAL -> LESS_OR_EQUAL;
      case GREATER -> GREATER;
      case GREATER_OR_EQUAL -> GREATER_OR_EQUAL;
      case LENGTH -> a -> a.text(0).codePointCount();
      case BYTE_LENGTH -> a -> a.text(0).length();
      case UPPER -> a -> mapCase(a, true);
      case LOWER -> a -> mapCase(a, false);
      case TRIM -> a -> trim(a, true, true);
      case TRIM_START -> a -> trim(a, true, false);
      case TRIM_END -> a -> trim(a, false, true);
      case REVERSE -> TextFunctions::reverse;
      case SUBSTRING -> TextFunctions::substring;
      case CONCAT -> TextFunctions::concat;
      case CONTAINS -> CONTAINS;
      case STARTS_WITH -> STARTS_WITH;
      case ENDS_WITH -> ENDS_WITH;
      case INDEX_OF -> TextFunctions::indexOf;
      case REPLACE -> TextFunctions::replace;
      case PAD_START -> a -> pad(a, true);
      case PAD_END -> a -> pad(a, false);
      default -> throw new IllegalStateException(function.label());
    };
  }

  /** Whether {@code pattern} is found in argument 0. */
  static TextOperation matches(Pattern pattern) {
    return a -> bit(pattern.matcher(a.text(0).text()).find());
  }

  private static long bit(boolean value) {
    return value ? 1 : 0;
  }

  private static long mapCase(TextArguments a, boolean upper) {
    TextBuffer in = a.text(0);
    TextBuffer out = a.result();
    if (in.isAscii()) {
      int first = upper ? 'a' : 'A';
      for (int i = 0; i < in.length(); i++) {
        int b = in.bytes()[i];
        out.append((byte) (b >= first && b < first + 26 ? b ^ 0x20 : b));
      }
      return 0;
    }
    for (int i = 0; i < in.length(); i += in.widthAt(i)) {
      int c = in.codePointAt(i);
      out.appendCodePoint(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
    }
    return 0;
  }

  private static long trim(TextArguments a, boolean atStart, boolean atEnd) {
    TextBuffer in = a.text(0);
    int start = 0;
    int end = in.length();
    while (atStart && start < end && Character.isWhitespace(in.codePointAt(start))) {
      start += in.widthAt(start);
    }
    while (atEnd && end > start) {
      int last = startOfLast(in, end);
      if (!Character.isWhitespace(in.codePointAt(last))) {
        break;
      }
      end = last;
    }
    a.result().append(in.bytes(), start, end - start);
    return 0;
  }

  private static long reverse(TextArguments a) {
    TextBuffer in = a.text(0);
    int start;
    for (int end = in.length(); end > 0; end = start) {
      start = startOfLast(in, end);
      a.result().append(in.bytes(), start, end - start);
    }
    return 0;
  }

  private static int startOfLast(TextBuffer in, int end) {
    int start = end - 1;
    while (start > 0 && (in.bytes()[start] & 0xc0) == 0x80) {
      start--;
    }
    return start;
  }

  private static long substring(TextArguments a) {
    TextBuffer in = a.text(0);
    long first = a.number(1);
    long count = a.number(2);
    if (first < 0) {
      // What lies before the text is cut off; both are then too small to overflow.
      count = count <= 0 ? 0 : count + first;
      first = 0;
    }
    if (count <= 0) {
      return 0;
    }
    long end = first + count < 0 ? Long.MAX_VALUE : first + count;
    if (in.isAscii()) {
      int from = (int) Math.min(first, in.length());
      a.result().append(in.bytes(), from, (int) Math.min(end, in.length()) - from);
    } else {
      int from = in.byteOfCodePoint(first);
      a.result().append(in.bytes(), from, in.byteOfCodePoint(end) - from);
    }
    return 0;
  }

  private static long concat(TextArguments a) {
    for (int i = 0; i < a.count(); i++) {
      a.result().append(a.text(i));
    }
    return 0;
  }

  private static long indexOf(TextArguments a) {
    TextBuffer in = a.text(0);
    int at = in.indexOf(a.text(1), 0);
    if (at <= 0) {
      return at;
    }
    int count = 0;
    for (int i = 0; i < at; i++) {
      count += (in.bytes()[i] & 0xc0) != 0x80 ? 1 : 0;
    }
    return count;
  }

  private static long replace(TextArguments a) {
    TextBuffer in = a.text(0);
    TextBuffer target = a.text(1);
    int from = 0;
    if (target.length() > 0) {
      for (int at = in.indexOf(target, 0); at >= 0; at = in.indexOf(target, from)) {
        a.result().append(in.bytes(), from, at - from);
        a.result().append(a.text(2));
        from = at + target.length();
      }
    }
    a.result().append(in.bytes(), from, in.length() - from);
    return 0;
  }

  private static long pad(TextArguments a, boolean atStart) {
    TextBuffer in = a.text(0);
    TextBuffer fill = a.text(2);
    if (!atStart) {
      a.result().append(in);
    }
    long missing = a.number(1) - in.codePointCount();
    if (fill.length() > 0) {
      int at = 0;
      for (long m = 0; m < missing; m++) {
        int width = fill.widthAt(at);
        a.result().append(fill.bytes(), at, width);
        at += width;
        at = at == fill.length() ? 0 : at;
      }
    }
    if (atStart) {
      a.result().append(in);
    }
    return 0;
  }
}
