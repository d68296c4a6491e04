package colonnade.engine.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Which fields are null: those without quotes whose text is one of some, and in columns of other
 * types than text all that are empty. Safe for all threads.
 */
public final class NullRule {
  private final boolean onlyEmpty;
  private final boolean emptyText;
  private final byte[][] texts;

  /** Fields with one of these texts are null. */
  public NullRule(Set<String> nullTexts) {
    this.onlyEmpty = nullTexts.equals(Set.of(""));
    this.emptyText = nullTexts.contains("");
    this.texts =
        nullTexts.stream()
            .filter(text -> !text.isEmpty())
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  /** Whether all empty fields without quotes are null and no others. */
  boolean isOnlyEmpty() {
    return onlyEmpty;
  }

  /** Whether the field is null in a column of text, or of another type. */
  boolean isNull(FieldText field, boolean isText) {
    int length = field.length();
    if (field.isQuoted()) {
      return length == 0 && !isText;
    }
    if (length == 0) {
      return !isText || emptyText;
    }
    for (byte[] text : texts) {
      if (text.length == length
          && Arrays.equals(text, 0, length, field.bytes(), field.start(), field.end())) {
        return true;
      }
    }
    return false;
  }
}
