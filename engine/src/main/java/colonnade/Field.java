package colonnade;

import java.util.Objects;

/**
 * A column's name and type. An immutable value.
 *
 * @param name any text, also empty, with spaces or emoji; compared exactly
 * @param type the type of the values; every column may hold nulls
 */
public record Field(String name, DataType type) {
  public Field {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  @Override
  public String toString() {
    return name + ": " + type;
  }
}
