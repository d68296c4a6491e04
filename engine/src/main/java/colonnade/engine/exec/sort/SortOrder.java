package colonnade.engine.exec.sort;

import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Vector;
import java.util.List;

/** The order of rows by several keys: row numbers, sorted. Stable. */
public final class SortOrder {
  /** How one key sorts. */
  public record Key(int column, boolean descending, boolean nullsFirst) {}

  private SortOrder() {}

  /**
   * The numbers of the first {@code rowCount} rows of {@code columns} in the order of {@code keys}.
   */
  public static int[] of(Vector[] columns, int rowCount, List<Key> keys, QueryMemory memory) {
    memory.reserve(24L * rowCount);
    int[] rows = new int[rowCount];
    for (int i = 0; i < rowCount; i++) {
      rows[i] = i;
    }
    for (int k = keys.size() - 1; k >= 0; k--) {
      Key key = keys.get(k);
      Vector vector = columns[key.column()];
      RadixSort.sort(rows, SortCodes.of(vector, rowCount, memory), key.descending());
      memory.release(8L * rowCount);
      if (vector.validity() != null) {
        partitionNulls(rows, vector, key.nullsFirst());
      }
    }
    memory.release(24L * rowCount);
    return rows;
  }

  /** Moves the nulls to one end; keeps the order otherwise. */
  private static void partitionNulls(int[] rows, Vector vector, boolean nullsFirst) {
    int[] moved = new int[rows.length];
    int at = 0;
    for (int row : rows) {
      if (vector.isNull(row) == nullsFirst) {
        moved[at++] = row;
      }
    }
    for (int row : rows) {
      if (vector.isNull(row) != nullsFirst) {
        moved[at++] = row;
      }
    }
    System.arraycopy(moved, 0, rows, 0, rows.length);
  }
}
