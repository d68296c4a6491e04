package colonnade;

import colonnade.error.UnknownColumnException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The names and types of a table's columns, in order. An immutable value; names are unique. Safe
 * for all threads. Extended only by what adds how the columns are stored.
 */
public class Schema implements Iterable<Field> {
  private final List<Field> fields;
  private final Map<String, Integer> indexByName;

  /**
   * A schema of these fields.
   *
   * @throws IllegalArgumentException if a name occurs twice
   */
  public Schema(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.indexByName = HashMap.newHashMap(fields.size());
    for (int i = 0; i < this.fields.size(); i++) {
      String name = this.fields.get(i).name();
      if (indexByName.put(name, i) != null) {
        throw new IllegalArgumentException(
            "column '" + name + "' occurs twice; give each column a name of its own");
      }
    }
  }

  /**
   * A schema of alternating names and types: {@code Schema.of("t", TIMESTAMP_MICROS, "v", F64)}.
   *
   * @throws IllegalArgumentException if the arguments do not alternate or a name occurs twice
   */
  public static Schema of(Object... namesAndTypes) {
    if (namesAndTypes.length % 2 != 0) {
      throw new IllegalArgumentException(
          "Schema.of takes a name and a type for each column; the last name has no type");
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      if (!(namesAndTypes[i] instanceof String name)
          || !(namesAndTypes[i + 1] instanceof DataType type)) {
        throw new IllegalArgumentException(
            "Schema.of takes a name and a type for each column, but arguments "
                + (i + 1)
                + " and "
                + (i + 2)
                + " are "
                + namesAndTypes[i]
                + " and "
                + namesAndTypes[i + 1]);
      }
      fields.add(new Field(name, type));
    }
    return new Schema(fields);
  }

  /** The fields in order. */
  public List<Field> fields() {
    return fields;
  }

  /** The number of columns. */
  public int size() {
    return fields.size();
  }

  /** The field at {@code index}. */
  public Field field(int index) {
    return fields.get(index);
  }

  /**
   * The field of this name.
   *
   * @throws UnknownColumnException if there is none; the message has the nearest name
   */
  public Field field(String name) {
    return fields.get(indexOf(name));
  }

  /** The name of the column at {@code index}. */
  public String name(int index) {
    return fields.get(index).name();
  }

  /** The type of the column at {@code index}. */
  public DataType type(int index) {
    return fields.get(index).type();
  }

  /** The names in order. */
  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** Whether there is a column of this name. */
  public boolean contains(String name) {
    return indexByName.containsKey(name);
  }

  /**
   * The position of the column of this name.
   *
   * @throws UnknownColumnException if there is none; the message has the nearest name
   */
  public int indexOf(String name) {
    Integer index = indexByName.get(name);
    if (index == null) {
      throw UnknownColumnException.of(name, this);
    }
    return index;
  }

  @Override
  public Iterator<Field> iterator() {
    return fields.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema schema && schema.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
