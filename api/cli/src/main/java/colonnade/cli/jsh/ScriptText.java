package colonnade.cli.jsh;

import java.nio.file.Path;

/**
 * The text of a script with its name and line numbers, read from front to back. Belongs to one
 * runner; not for several threads.
 */
final class ScriptText {
  private final String name;
  private final Path folder;
  private final String text;
  private int position;

  /**
   * A script.
   *
   * @param name what messages call it
   * @param folder where {@code /open} looks first
   */
  ScriptText(String name, Path folder, String text) {
    this.name = name;
    this.folder = folder;
    this.text = text.replace("\r\n", "\n");
  }

  String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  /** Where the next snippet starts, blanks left out. */
  int skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return position;
  }

  boolean atEnd() {
    return position >= text.length();
  }

  /** The end, newline included, of the line that contains {@code offset}. */
  int endOfLine(int offset) {
    int newline = text.indexOf('\n', offset);
    return newline < 0 ? text.length() : newline + 1;
  }

  int length() {
    return text.length();
  }

  String upTo(int end) {
    return text.substring(position, end);
  }

  void advance(int characters) {
    position += characters;
  }

  /** The number, from 1, of the line at {@code offset}. */
  int line(int offset) {
    return 1
        + (int)
            text.substring(0, Math.min(offset, text.length()))
                .chars()
                .filter(c -> c == '\n')
                .count();
  }

  /**
   * Whether the first line of code at or after {@code offset} can only go on with what stands
   * before it: {@code .filter(…)}, {@code ? a : b}.
   */
  boolean continuesAt(int offset) {
    for (int start = offset; start < text.length(); start = endOfLine(start)) {
      String line = text.substring(start, endOfLine(start)).strip();
      if (line.isEmpty() || line.startsWith("//")) {
        continue;
      }
      return ".?:&|=*%^,)".indexOf(line.charAt(0)) >= 0
          || ((line.startsWith("+") || line.startsWith("-"))
              && !line.startsWith("++")
              && !line.startsWith("--"));
    }
    return false;
  }
}
