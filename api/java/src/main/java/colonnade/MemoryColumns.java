package colonnade;

import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.store.Vector;
import colonnade.error.InvalidQueryException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/** Java arrays as a table in memory. */
final class MemoryColumns {
  private MemoryColumns() {}

  /** A table of alternating names and arrays of one length. */
  static MemoryTable of(Object... namesAndArrays) {
    List<Field> fields = new ArrayList<>();
    List<Object> arrays = new ArrayList<>();
    for (int i = 0; i < namesAndArrays.length; i += 2) {
      Object name = namesAndArrays[i];
      if (!(name instanceof String column) || i + 1 == namesAndArrays.length) {
        throw new InvalidQueryException(
            "Table.of",
            "Table.of takes a name and an array for each column, but argument "
                + (i + 1)
                + " is "
                + name,
            "Table.of(\"x\", new double[] {1, 2}, \"y\", new String[] {\"a\", \"b\"})");
      }
      Object array = namesAndArrays[i + 1];
      fields.add(new Field(column, ColumnValues.typeOf(column, array)));
      arrays.add(array);
    }
    int rowCount = arrays.isEmpty() ? 0 : Array.getLength(arrays.get(0));
    for (int c = 0; c < arrays.size(); c++) {
      int length = Array.getLength(arrays.get(c));
      if (length != rowCount) {
        throw new InvalidQueryException(
            "Table.of",
            "column '"
                + fields.get(c).name()
                + "' has "
                + length
                + " values, the first has "
                + rowCount,
            "All columns need the same length.");
      }
      ColumnValues.check(fields.get(c), arrays.get(c));
    }
    return build(new Schema(fields), arrays, rowCount);
  }

  private static MemoryTable build(Schema schema, List<Object> arrays, int rowCount) {
    QueryMemory.Region memory = new QueryMemory(Long.MAX_VALUE).region();
    List<MemoryTable.Rows> blocks = new ArrayList<>();
    for (int from = 0; from < rowCount; from += Sizes.BLOCK_ROWS) {
      int to = Math.min(rowCount, from + Sizes.BLOCK_ROWS);
      Vector[] vectors = new Vector[schema.size()];
      for (int c = 0; c < vectors.length; c++) {
        ColumnBuilder builder = new ColumnBuilder(schema.type(c), memory);
        ColumnValues.append(builder, schema.field(c), arrays.get(c), from, to);
        vectors[c] = builder.vector(0);
      }
      blocks.add(new MemoryTable.Rows(to - from, vectors));
    }
    return new MemoryTable("memory", schema, blocks, memory);
  }
}
