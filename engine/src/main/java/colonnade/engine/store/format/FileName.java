package colonnade.engine.store.format;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern COLUMN_FILE =
      Pattern.compile(
          "c(0|[1-9][0-9]{0,8})-([a-z0-9_]{1,32})-([1-9][0-9]{0,11})\\.((?:dict\\.)?[a-z0-9]{1,12})(\\.crc)?");
  private static final Pattern MANIFEST = Pattern.compile("manifest-([0-9]{12})");
  private static final Pattern TEMPORARY = Pattern.compile("tmp-[0-9]+-[0-9]+-[0-9a-f]+");

  /** The name of the file that the writer of a table locks. Never deleted. */
  public static final String LOCK = "LOCK";

  /** A name for a new file of the column called {@code columnName}. */
  public static FileName of(int columnId, String columnName, long generation, String extension) {
    return new FileName(columnId, slug(columnName), generation, extension);
  }

  /** The parts of a column file's name, or nothing if it is not ours. Checksum files have none. */
  public static Optional<FileName> parse(String name) {
    Matcher m = COLUMN_FILE.matcher(name);
    return m.matches() && m.group(5) == null
        ? Optional.of(
            new FileName(
                Integer.parseInt(m.group(1)), m.group(2), Long.parseLong(m.group(3)), m.group(4)))
        : Optional.empty();
  }

  /** Whether this is a name that a column's file or its checksums could have. */
  public static boolean isColumnFile(String name) {
    return COLUMN_FILE.matcher(name).matches();
  }

  /** Whether this is the name of a manifest that was never published. */
  public static boolean isTemporary(String name) {
    return TEMPORARY.matcher(name).matches();
  }

  /** The name of the manifest of a generation. */
  public static String manifest(long generation) {
    return String.format(Locale.ROOT, "manifest-%012d", generation);
  }

  /** The generation whose manifest has this name, or -1. */
  public static long manifestGeneration(String name) {
    Matcher m = MANIFEST.matcher(name);
    return m.matches() && !name.equals("manifest-000000000000") ? Long.parseLong(m.group(1)) : -1;
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
