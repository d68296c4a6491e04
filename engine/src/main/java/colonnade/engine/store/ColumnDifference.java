package colonnade.engine.store;

import colonnade.Field;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What became of a column between two generations. An immutable value.
 *
 * @param before its name and type in the first; null if it was added
 * @param after its name and type in the second; null if it was dropped
 * @param changedRows the rows that both generations have and whose values differ, null unlike any
 *     value and NaN like NaN; empty where values cannot be compared: added, dropped and retyped
 *     columns
 */
public record ColumnDifference(
    @Nullable Field before, @Nullable Field after, OptionalLong changedRows) {
  /** Whether only the second generation has it. */
  public boolean isAdded() {
    return before == null;
  }

  /** Whether only the first generation has it. */
  public boolean isDropped() {
    return after == null;
  }

  /** Whether it has another name. */
  public boolean isRenamed() {
    return before != null && after != null && !before.name().equals(after.name());
  }

  /** Whether it has another type. */
  public boolean isRetyped() {
    return before != null && after != null && before.type() != after.type();
  }

  /** Whether some rows hold other values. */
  public boolean isChanged() {
    return changedRows.orElse(0) > 0;
  }

  /** What became of it, as in {@code fare: 12 rows changed}. */
  @Override
  public String toString() {
    if (before == null) {
      return after == null ? "" : after.name() + " " + after.type() + ": added";
    }
    if (after == null) {
      return before.name() + " " + before.type() + ": dropped";
    }
    String what = after.name() + ":";
    if (isRenamed()) {
      what += " renamed from " + before.name() + ",";
    }
    if (isRetyped()) {
      what += " retyped from " + before.type() + " to " + after.type() + ",";
    }
    if (changedRows.isPresent() && (isChanged() || !isRenamed())) {
      what += String.format(java.util.Locale.ROOT, " %,d rows changed,", changedRows.getAsLong());
    }
    return what.substring(0, what.length() - 1);
  }
}
