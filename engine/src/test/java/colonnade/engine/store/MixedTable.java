package colonnade.engine.store;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table with a column in every encoding, some with nulls; for damaging. */
public final class MixedTable {
  private static final String[] WORDS = {"", "a", "Büro", "ribbon", "\u20ac 7", "bb"};

  private MixedTable() {}

  /** Writes {@code rowCount} rows as generation 1. */
  public static void create(Path table, int rowCount) {
    SplittableRandom random = new SplittableRandom(7);
    List<Field> fields = new ArrayList<>();
    List<List<@Nullable Object>> columns = new ArrayList<>();
    add(fields, columns, "plain", DataType.I64, rowCount, i -> random.nextLong());
    add(fields, columns, "real", DataType.F64, rowCount, i -> maybe(random, random.nextDouble()));
    add(fields, columns, "narrow", DataType.I32, rowCount, i -> maybe(random, 1000L + i % 50));
    add(fields, columns, "scaled", DataType.F64, rowCount, i -> (i % 300) / 100.0);
    add(fields, columns, "flag", DataType.BOOL, rowCount, i -> (long) random.nextInt(2));
    add(fields, columns, "coded", DataType.UTF8, rowCount, i -> maybe(random, bytes(WORDS[i % 6])));
    add(fields, columns, "text", DataType.UTF8, rowCount, i -> bytes(WORDS[i % 6] + i));
    add(
        fields,
        columns,
        "blob",
        DataType.BINARY,
        rowCount,
        i -> maybe(random, bytes("\u00ff" + i)));
    WriteOptions options =
        WriteOptions.DEFAULT
            .withEncoding("text", EncodingChoice.PLAIN)
            .withEncoding("blob", EncodingChoice.PLAIN);
    try (TableWriter writer = TableWriter.create(table, new Schema(fields), options);
        Arena arena = Arena.ofConfined()) {
      Vector[] vectors = new Vector[columns.size()];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = Vectors.plain(fields.get(c).type(), columns.get(c), arena);
      }
      writer.write(vectors, rowCount);
    }
  }

  /** Patches some rows of all columns that can be patched, as generation 2. */
  public static void patch(Path table) {
    try (Snapshot snapshot = TableStore.open(table);
        TableEdit edit = TableEdit.open(table, WriteOptions.DEFAULT);
        Arena arena = Arena.ofConfined()) {
      for (int c = 0; c < snapshot.schema().size(); c++) {
        MappedColumn column = snapshot.column(c);
        ColumnPatch patch = edit.patch(column.field().name());
        if (patch == null) {
          continue;
        }
        int rows = (int) column.rowCount();
        List<@Nullable Object> values = Vectors.values(column, 4096);
        boolean mayBeNull = column.statistics().nullCount() > 0;
        values.set(rows / 3 + c, values.get(rows - 1 - c));
        values.set(rows / 2, mayBeNull ? null : values.get(c));
        values.set(rows - 1, values.get(rows / 2 + c + 1));
        if (patch.take(0, Vectors.plain(column.field().type(), values, arena), rows, column)) {
          edit.apply(column.field().name(), patch);
        }
      }
      edit.commit();
    }
  }

  private static void add(
      List<Field> fields,
      List<List<@Nullable Object>> columns,
      String name,
      DataType type,
      int rowCount,
      IntFunction<@Nullable Object> value) {
    fields.add(new Field(name, type));
    columns.add(new ArrayList<>(IntStream.range(0, rowCount).mapToObj(value).toList()));
  }

  private static @Nullable Object maybe(SplittableRandom random, Object value) {
    return random.nextInt(9) == 0 ? null : value;
  }

  /** One char per byte, as {@link Vectors} has text. */
  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
