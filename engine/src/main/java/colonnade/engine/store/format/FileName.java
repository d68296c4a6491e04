package colonnade.engine.store.format;

import java.util.Optional;

/**
 * The name of a column's file, {@code c4-fare-7.f64}: made by us from the column's id, a readable
 * remainder of its name and the generation that began the file. It has only lower-case ASCII
 * letters, digits, {@code _}, {@code -} and dots inside, so it is the same on every file system and
 * never leaves the table's directory.
 *
 * @param columnId the column's id
 * @param slug what is readable of the column's name; says nothing, may be that of another column
 * @param generation the generation that the file was begun for
 * @param extension what the file holds, without the first dot, without {@code .crc}
 */
public record FileName(int columnId, String slug, long generation, String extension) {
  private static final int MAX_SLUG_CHARS = 32;
  private static final int MAX_KIND_CHARS = 12;
  private static final int MAX_ID_DIGITS = 9;
  private static final int MAX_GENERATION_DIGITS = 12;
  private static final String DICTIONARY = "dict.";
  private static final String MANIFEST = "manifest-";
  private static final String TEMPORARY = "tmp-";

  /** The name of the file that the writer of a table locks. Never deleted. */
  public static final String LOCK = "LOCK";

  /** A name for a new file of the column called {@code columnName}. */
  public static FileName of(int columnId, String columnName, long generation, String extension) {
    return new FileName(columnId, slug(columnName), generation, extension);
  }

  /**
   * The parts of a column file's name, or nothing if it is not ours. Checksum files have none. By
   * hand, because opening a wide table parses thousands.
   */
  public static Optional<FileName> parse(String name) {
    int slugStart = name.indexOf('-') + 1;
    int generationStart = name.indexOf('-', slugStart) + 1;
    int extensionStart = name.indexOf('.', generationStart) + 1;
    if (slugStart == 0
        || generationStart == 0
        || extensionStart == 0
        || name.charAt(0) != 'c'
        || !isNumber(name, 1, slugStart - 1, MAX_ID_DIGITS)
        || !isNumber(name, generationStart, extensionStart - 1, MAX_GENERATION_DIGITS)) {
      return Optional.empty();
    }
    String slug = name.substring(slugStart, generationStart - 1);
    String extension = name.substring(extensionStart);
    String kind =
        extension.startsWith(DICTIONARY) ? extension.substring(DICTIONARY.length()) : extension;
    long generation = Long.parseLong(name, generationStart, extensionStart - 1, 10);
    if (!isWord(slug, MAX_SLUG_CHARS, true)
        || !isWord(kind, MAX_KIND_CHARS, false)
        || generation == 0) {
      return Optional.empty();
    }
    int id = Integer.parseInt(name, 1, slugStart - 1, 10);
    return Optional.of(new FileName(id, slug, generation, extension));
  }

  private static boolean isNumber(String name, int from, int to, int maxDigits) {
    if (to <= from || to - from > maxDigits || to - from > 1 && name.charAt(from) == '0') {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isWord(String text, int maxChars, boolean withUnderscore) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' && withUnderscore;
      if (!allowed) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= maxChars;
  }

  /** Whether this is a name that a column's file or its checksums could have. */
  public static boolean isColumnFile(String name) {
    String base =
        name.endsWith(FileRole.CHECKSUMS)
            ? name.substring(0, name.length() - FileRole.CHECKSUMS.length())
            : name;
    return parse(base).isPresent();
  }

  /** Whether this is the name of a manifest that was never published. */
  public static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY) && name.matches(TEMPORARY + "[0-9]+-[0-9]+-[0-9a-f]+");
  }

  /** The name of the manifest of a generation. */
  public static String manifest(long generation) {
    String digits = Long.toString(generation);
    return MANIFEST + "0".repeat(Math.max(0, MAX_GENERATION_DIGITS - digits.length())) + digits;
  }

  /** The generation whose manifest has this name, or -1. */
  public static long manifestGeneration(String name) {
    int end = MANIFEST.length() + MAX_GENERATION_DIGITS;
    if (!name.startsWith(MANIFEST) || name.length() != end) {
      return -1;
    }
    long generation = 0;
    for (int i = MANIFEST.length(); i < end; i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      generation = 10 * generation + digit;
    }
    return generation == 0 ? -1 : generation;
  }

  private static String slug(String columnName) {
    StringBuilder slug = new StringBuilder();
    for (int i = 0; i < columnName.length() && slug.length() < MAX_SLUG_CHARS; i++) {
      char c = columnName.charAt(i);
      char lower = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
      if (lower >= 'a' && lower <= 'z' || lower >= '0' && lower <= '9') {
        slug.append(lower);
      } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '_') {
        slug.append('_');
      }
    }
    return slug.isEmpty() ? "column" : slug.toString();
  }

  @Override
  public String toString() {
    return "c" + columnId + "-" + slug + "-" + generation + "." + extension;
  }
}
