package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.engine.plan.Scaling;
import colonnade.engine.store.ColumnNotes;
import colonnade.error.CorruptColumnException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a column was scaled within groups: {@code (x - offset) / scale} with an offset and a scale
 * for each group. Kept beside the column: kind, keys and the number of groups as attributes, the
 * groups themselves as {@link PackedColumns}.
 *
 * @param kind the way of scaling
 * @param keys what the groups have in common
 * @param groups each group once: its keys, then offset and scale
 */
public record GroupScaling(Scaling.Kind kind, List<Key> keys, MemoryTable groups) {
  private static final String KIND = "scaling";
  private static final String KEYS = "scaling.keys";
  private static final String GROUPS = "scaling.groups";

  /**
   * A group key.
   *
   * @param name the column that holds it, or the expression that it was
   * @param type its type
   * @param isColumn whether the table that was written has it as a column
   */
  public record Key(String name, DataType type, boolean isColumn) {}

  public GroupScaling {
    keys = List.copyOf(keys);
  }

  /** What to keep beside the column. */
  ColumnNotes toNotes() {
    Map<String, String> attributes = new HashMap<>();
    attributes.put(KIND, kind.label());
    attributes.put(KEYS, Integer.toString(keys.size()));
    attributes.put(GROUPS, Long.toString(groups.rowCount().orElseThrow()));
    for (int k = 0; k < keys.size(); k++) {
      Key key = keys.get(k);
      attributes.put(KEYS + "." + k + (key.isColumn ? ".column" : ".expression"), key.name);
      attributes.put(KEYS + "." + k + ".type", key.type.label());
    }
    return new ColumnNotes(attributes, PackedColumns.pack(groups));
  }

  /**
   * What {@link #toNotes} made, if these are such notes.
   *
   * @throws CorruptColumnException if attributes and bytes do not fit each other
   */
  public static Optional<GroupScaling> of(ColumnNotes notes, String place) {
    Map<String, String> attributes = notes.attributes();
    if (!attributes.containsKey(GROUPS) || notes.parameters() == null) {
      return Optional.empty();
    }
    try {
      Scaling.Kind kind =
          Scaling.Kind.valueOf(attributes.getOrDefault(KIND, "").toUpperCase(Locale.ROOT));
      List<Key> keys = new ArrayList<>();
      List<DataType> types = new ArrayList<>();
      for (int k = 0; k < Integer.parseInt(attributes.getOrDefault(KEYS, "")); k++) {
        keys.add(key(attributes, KEYS + "." + k));
        types.add(keys.get(k).type);
      }
      types.add(DataType.F64);
      types.add(DataType.F64);
      int groupCount = Integer.parseInt(attributes.getOrDefault(GROUPS, ""));
      return Optional.of(
          new GroupScaling(
              kind, keys, PackedColumns.unpack(notes.parameters(), types, groupCount)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new CorruptColumnException(
          place,
          place + " has parameters of its scaling that contradict each other",
          "Its values are not affected; write the column again to keep its parameters.",
          e);
    }
  }

  private static Key key(Map<String, String> attributes, String prefix) {
    String column = attributes.get(prefix + ".column");
    String name = column == null ? attributes.get(prefix + ".expression") : column;
    String type = attributes.get(prefix + ".type");
    for (DataType t : DataType.values()) {
      if (name != null && t.label().equals(type)) {
        return new Key(name, t, column != null);
      }
    }
    throw new IllegalArgumentException(prefix);
  }
}
