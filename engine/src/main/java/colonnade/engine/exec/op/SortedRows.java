package colonnade.engine.exec.op;

import colonnade.Schema;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.Decoder;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.sort.SortOrder;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Vector;
import colonnade.error.MemoryBudgetException;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts rows at rest, on all of a query's threads, into new blocks. Equal rows keep their order.
 */
public final class SortedRows {
  private SortedRows() {}

  /**
   * The first {@code limit} rows of {@code input} in the order of {@code keys}, in memory of {@code
   * target}.
   *
   * @param schema the columns of {@code input}
   * @param columnCount the first so many columns are wanted
   */
  public static List<MemoryTable.Rows> of(
      List<MemoryTable.Rows> input,
      Schema schema,
      List<SortOrder.Key> keys,
      long limit,
      int columnCount,
      QueryContext context,
      QueryMemory.Region target) {
    int rowCount = count(input.stream().mapToLong(MemoryTable.Rows::rowCount).sum());
    try (QueryMemory.Region joined = context.memory().region()) {
      Vector[] columns = new Vector[schema.size()];
      Parallel.run(
          context,
          columns.length,
          c -> {
            ColumnBuilder builder = new ColumnBuilder(schema.type((int) c), joined);
            builder.reserve(rowCount);
            for (MemoryTable.Rows rows : input) {
              builder.append(rows.vectors()[(int) c], 0, rows.rowCount());
            }
            columns[(int) c] = builder.vector(0);
          });
      return of(columns, rowCount, keys, limit, columnCount, context, target);
    }
  }

  /** As above, of the first {@code rowCount} rows of {@code columns}. */
  public static List<MemoryTable.Rows> of(
      Vector[] columns,
      int rowCount,
      List<SortOrder.Key> keys,
      long limit,
      int columnCount,
      QueryContext context,
      QueryMemory.Region target) {
    int[] order = SortOrder.of(columns, rowCount, keys, context);
    int wanted = (int) Math.min(limit, rowCount);
    int blockCount = (wanted + Sizes.BLOCK_ROWS - 1) / Sizes.BLOCK_ROWS;
    MemoryTable.Rows[] blocks = new MemoryTable.Rows[blockCount];
    Parallel.run(
        context,
        blockCount,
        b -> {
          int from = (int) b * Sizes.BLOCK_ROWS;
          int[] rows = Arrays.copyOfRange(order, from, Math.min(wanted, from + Sizes.BLOCK_ROWS));
          Vector[] vectors = new Vector[columnCount];
          for (int c = 0; c < columnCount; c++) {
            vectors[c] = gather(columns[c], rows, context, target);
          }
          blocks[(int) b] = new MemoryTable.Rows(rows.length, vectors);
        });
    return List.of(blocks);
  }

  private static Vector gather(
      Vector column, int[] rows, QueryContext context, QueryMemory.Region target) {
    NumberCode numbers = column.numberCode();
    Vector values = numbers == null ? column : column.codes();
    ColumnBuilder builder = new ColumnBuilder(values.type(), target);
    builder.reserve(rows.length);
    builder.append(values, rows, rows.length);
    Vector gathered = builder.vector(0);
    if (numbers == null) {
      return gathered;
    }
    Vector encoded =
        Vector.numbers(
            column.type(),
            numbers,
            column.codeWidthBytes(),
            gathered.data(),
            gathered.dataOffset(),
            gathered.validity(),
            gathered.validityOffset());
    return Decoder.decode(context.kernels(), encoded, rows.length, target);
  }

  /** {@code rowCount} as an int, if so many rows can be sorted. */
  public static int count(long rowCount) {
    if (rowCount > Integer.MAX_VALUE - 8) {
      throw new MemoryBudgetException(
          "sort",
          "a sort in memory takes at most 2,147,483,639 rows, not " + rowCount,
          "Filter or limit the rows first.");
    }
    return (int) rowCount;
  }
}
