package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.exec.hash.KeyTable;
import colonnade.engine.store.Vector;
import colonnade.error.MemoryBudgetException;
import java.util.Arrays;
import java.util.List;

/**
 * The build side of a join in memory: its rows, and for each distinct key the chain of its rows in
 * order. Immutable after construction; safe for all threads while the query lives.
 */
public final class JoinBuild {
  private final KeyTable keys;
  private final boolean nullsEqual;
  private final Vector[] columns;
  private final int[] firstRow;
  private final int[] nextRow;

  private JoinBuild(
      KeyTable keys, boolean nullsEqual, Vector[] columns, int[] firstRow, int[] nextRow) {
    this.keys = keys;
    this.nullsEqual = nullsEqual;
    this.columns = columns;
    this.firstRow = firstRow;
    this.nextRow = nextRow;
  }

  /**
   * A build side of these rows.
   *
   * @param keyCount the first so many columns of {@code schema} are the keys, the others what the
   *     join hands on
   * @param nullsEqual whether a null key equals a null key; otherwise it equals nothing
   */
  public static JoinBuild of(
      QueryContext context,
      Schema schema,
      int keyCount,
      boolean nullsEqual,
      List<MemoryTable.Rows> blocks) {
    long total = blocks.stream().mapToLong(MemoryTable.Rows::rowCount).sum();
    if (total > Integer.MAX_VALUE - 8) {
      throw new MemoryBudgetException(
          "join",
          "the second input of a join is held in memory and takes at most 2,147,483,639 rows, not "
              + total,
          "Join the other way round, or filter it first.");
    }
    int rowCount = (int) total;
    QueryMemory.Region region = context.memory().region();
    Vector[] columns = new Vector[schema.size()];
    Parallel.run(
        context,
        columns.length,
        c -> {
          ColumnBuilder builder = new ColumnBuilder(schema.type((int) c), region);
          builder.reserve(rowCount);
          for (MemoryTable.Rows rows : blocks) {
            builder.append(rows.vectors()[(int) c], 0, rows.rowCount());
          }
          columns[(int) c] = builder.vector(0);
        });
    HeapUse heap = context.own(new HeapUse(context));
    List<DataType> keyTypes =
        schema.fields().subList(0, keyCount).stream().map(Field::type).toList();
    KeyTable table = new KeyTable(keyTypes, rowCount, region, heap);
    int[] idOfRow = heap.grow(new int[0], rowCount);
    int[] ids = new int[Sizes.BATCH_ROWS];
    Vector[] keys = new Vector[keyCount];
    for (int from = 0; from < rowCount; from += Sizes.BATCH_ROWS) {
      int count = Math.min(Sizes.BATCH_ROWS, rowCount - from);
      for (int k = 0; k < keyCount; k++) {
        keys[k] = MemoryTable.window(columns[k], from);
      }
      table.add(keys, null, count, ids);
      System.arraycopy(ids, 0, idOfRow, from, count);
    }
    int[] first = heap.grow(new int[0], table.size(), -1);
    int[] next = heap.grow(new int[0], rowCount);
    for (int row = rowCount - 1; row >= 0; row--) {
      int id = idOfRow[row];
      next[row] = first[id];
      first[id] = row;
    }
    return new JoinBuild(
        table, nullsEqual, Arrays.copyOfRange(columns, keyCount, columns.length), first, next);
  }

  /** The keys, to be looked up with {@link #nullsEqual()}. */
  public KeyTable keys() {
    return keys;
  }

  /** Whether a null key equals a null key. */
  public boolean nullsEqual() {
    return nullsEqual;
  }

  /** The columns that the join hands on. */
  public Vector[] columns() {
    return columns;
  }

  /** The first row with key {@code id}. */
  public int firstRow(int id) {
    return firstRow[id];
  }

  /** The next row with the same key as {@code row}, or -1. */
  public int nextRow(int row) {
    return nextRow[row];
  }
}
