package colonnade.engine.store.key;

import colonnade.engine.store.Snapshot;
import colonnade.error.CorruptColumnException;
import colonnade.error.InvalidQueryException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest of a keyed table says beside its columns. An immutable value.
 *
 * @param keyColumn the position of the key column
 * @param deletedColumn the position of the column that marks removals
 * @param coveredRows the first rows, whose keys are in the index file; 0 without one
 * @param coveredKeys how many keys those rows have that are not removed
 */
public record KeyNotes(int keyColumn, int deletedColumn, long coveredRows, long coveredKeys) {
  /** The name of the column that marks removals. */
  public static final String DELETED = "_deleted";

  private static final String KEYED = "keyed";
  private static final String KEY = "hash-1";
  private static final String MARK = "deleted";
  private static final String ROWS = "keyed.rows";
  private static final String KEYS = "keyed.keys";

  /** Whether a generation is one of a keyed table. */
  public static boolean isKeyed(Snapshot snapshot) {
    return column(snapshot, KEY) >= 0 && column(snapshot, MARK) >= 0;
  }

  /**
   * The notes of a generation.
   *
   * @throws InvalidQueryException if it is none of a keyed table
   */
  public static KeyNotes of(Snapshot snapshot) {
    if (!isKeyed(snapshot)) {
      throw new InvalidQueryException(
          snapshot.name(),
          snapshot.name() + " is no keyed table",
          "Open it as a table, or put its rows into one made with KeyedTable.create.");
    }
    int key = column(snapshot, KEY);
    Map<String, String> attributes = snapshot.attributes(key);
    return new KeyNotes(
        key,
        column(snapshot, MARK),
        number(snapshot, attributes.get(ROWS)),
        number(snapshot, attributes.get(KEYS)));
  }

  private static int column(Snapshot snapshot, String kind) {
    for (int c = 0; c < snapshot.schema().size(); c++) {
      if (kind.equals(snapshot.attributes(c).get(KEYED))) {
        return c;
      }
    }
    return -1;
  }

  private static long number(Snapshot snapshot, @Nullable String text) {
    if (text == null) {
      return 0;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= snapshot.rowCount()) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As wrong as a number that is too large.
    }
    throw new CorruptColumnException(
        "the index of " + snapshot.name(),
        "the index of " + snapshot.name() + " is of '" + text + "' rows or keys",
        "Run `colonnade verify " + snapshot.name() + "`, and restore it.");
  }

  /** The attributes of a key column whose index, where there is one, is of so many rows. */
  public static Map<String, String> keyAttributes(long coveredRows, long coveredKeys) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put(KEYED, KEY);
    if (coveredRows > 0) {
      attributes.put(ROWS, Long.toString(coveredRows));
      attributes.put(KEYS, Long.toString(coveredKeys));
    }
    return attributes;
  }

  /** The rows that a key column's index is of, as its attributes say; 0 if they say nothing. */
  public static long coveredRows(Map<String, String> attributes) {
    return plain(attributes.get(ROWS));
  }

  /** The keys in a key column's index, as its attributes say; 0 if they say nothing. */
  public static long coveredKeys(Map<String, String> attributes) {
    return plain(attributes.get(KEYS));
  }

  private static long plain(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /** The row that a slot of an index names; -1 if it is empty. */
  public static long row(long slot) {
    return KeySlots.rowOf(slot);
  }

  /** The attributes of the column that marks removals. */
  public static Map<String, String> deletedAttributes() {
    return Map.of(KEYED, MARK);
  }
}
