package colonnade.benchmarks.peers;

import static colonnade.Expr.countDistinct;

import colonnade.Batch;
import colonnade.DataType;
import colonnade.Field;
import colonnade.Table;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.TableWriter;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContext;
import io.questdb.std.str.Utf8String;
import java.util.ArrayList;
import java.util.List;

/** Copies a table of ours into QuestDB, row by row through its table writer. */
final class QuestDbLoader {
  private static final long MOST_SYMBOLS = 20_000;

  private final CairoEngine engine;
  private final SqlExecutionContext context;

  QuestDbLoader(CairoEngine engine, SqlExecutionContext context) {
    this.engine = engine;
    this.context = context;
  }

  void load(Table rows, String name) throws SqlException {
    List<Field> fields = rows.schema().fields();
    List<String> types = new ArrayList<>();
    StringBuilder columns = new StringBuilder();
    for (Field field : fields) {
      String type = type(rows, field);
      types.add(type);
      columns.append(columns.isEmpty() ? "" : ", ").append(field.name()).append(' ').append(type);
    }
    engine.execute("create table " + name + " (" + columns + ")", context);
    try (TableWriter writer = engine.getWriter(engine.verifyTableName(name), "load")) {
      rows.forEachBatch(batch -> append(batch, fields, types, writer));
      writer.commit();
    }
  }

  private static String type(Table rows, Field field) {
    if (field.type() == DataType.UTF8) {
      try (Table distinct = rows.aggregate(countDistinct(field.name()).as("n")).collect()) {
        long count = distinct.row(0).i64("n");
        return count <= MOST_SYMBOLS ? "symbol capacity " + Math.max(256, count) : "varchar";
      }
    }
    return field.type() == DataType.F64 || field.type() == DataType.F32 ? "double" : "long";
  }

  private static void append(
      Batch batch, List<Field> fields, List<String> types, TableWriter writer) {
    Object[] values = new Object[fields.size()];
    for (int c = 0; c < values.length; c++) {
      String name = fields.get(c).name();
      values[c] =
          switch (types.get(c)) {
            case "double" -> batch.f64s(name);
            case "long" -> batch.i64s(name);
            default -> batch.texts(name);
          };
    }
    for (int i = 0; i < batch.rowCount(); i++) {
      TableWriter.Row row = writer.newRow();
      for (int c = 0; c < values.length; c++) {
        switch (values[c]) {
          case double[] doubles -> row.putDouble(c, doubles[i]);
          case long[] longs -> row.putLong(c, longs[i]);
          case String[] texts -> {
            if (types.get(c).equals("varchar")) {
              row.putVarchar(c, new Utf8String(texts[i]));
            } else {
              row.putSym(c, texts[i]);
            }
          }
          default -> throw new IllegalStateException(types.get(c));
        }
      }
      row.append();
    }
  }
}
