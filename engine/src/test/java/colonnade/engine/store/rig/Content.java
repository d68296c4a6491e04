package colonnade.engine.store.rig;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a table holds, as plain values. Immutable. */
record Content(Schema schema, List<List<@Nullable Object>> columns) {
  private static final int WINDOW_ROWS = 4096;

  static Content of(Snapshot snapshot) {
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (int i = 0; i < snapshot.schema().size(); i++) {
      columns.add(Vectors.values(snapshot.column(i), WINDOW_ROWS));
    }
    return new Content(snapshot.schema(), columns);
  }

  int rowCount() {
    return columns.isEmpty() ? 0 : columns.getFirst().size();
  }

  List<@Nullable Object> column(String name) {
    return columns.get(schema.indexOf(name));
  }

  /** These rows and then those of {@code more}, which has the same columns. */
  Content followedBy(Content more) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      List<@Nullable Object> column = new ArrayList<>(columns.get(i));
      column.addAll(more.columns.get(i));
      all.add(column);
    }
    return new Content(schema, all);
  }

  /** With other values, maybe of another type, in one column, or with one column more. */
  Content with(String name, DataType type, List<@Nullable Object> values) {
    List<Field> fields = new ArrayList<>(fields());
    List<List<@Nullable Object>> all = new ArrayList<>(columns);
    if (schema.contains(name)) {
      fields.set(schema.indexOf(name), new Field(name, type));
      all.set(schema.indexOf(name), values);
    } else {
      fields.add(new Field(name, type));
      all.add(values);
    }
    return new Content(new Schema(fields), all);
  }

  Content without(String name) {
    List<Field> fields = new ArrayList<>(fields());
    List<List<@Nullable Object>> rest = new ArrayList<>(columns);
    fields.remove(schema.indexOf(name));
    rest.remove(schema.indexOf(name));
    return new Content(new Schema(fields), rest);
  }

  Content renamed(String name, String newName) {
    List<Field> fields = new ArrayList<>(fields());
    int index = schema.indexOf(name);
    fields.set(index, new Field(newName, schema.type(index)));
    return new Content(new Schema(fields), columns);
  }

  private List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      fields.add(schema.field(i));
    }
    return fields;
  }
}
