package colonnade.engine.store;

import colonnade.Checks;
import colonnade.OpenOptions;
import colonnade.ReadMode;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.TableFormat;
import java.lang.foreign.Arena;

/**
 * Writes the columns of a table that have patches anew, without them; nothing else changes. Cost:
 * reading and writing these columns once. Stateless.
 */
public final class PatchVacuum {
  private PatchVacuum() {}

  /**
   * Folds the patches of the newest generation, as a commit of its own; without any does nothing.
   *
   * @return the rows that lay in patches, of all columns together
   * @throws colonnade.error.CorruptColumnException if a column that is to be written anew is
   *     damaged
   */
  public static long fold(TableLock lock, WriteOptions options) {
    long folded = 0;
    // No access fault may end a commit in the middle, and no new checksum hide a damage.
    OpenOptions guarded =
        OpenOptions.DEFAULT.withReadMode(ReadMode.GUARDED).withChecks(Checks.ON_TOUCH);
    try (Snapshot snapshot = TableStore.open(lock.table(), guarded);
        TableEdit edit = TableEdit.open(lock, options)) {
      for (int c = 0; c < snapshot.schema().size(); c++) {
        ManifestColumn column = snapshot.manifest().columns().get(c);
        if (column.patchedRows() > 0) {
          folded += column.patchedRows();
          ColumnRewrite rewrite = edit.fold(column.field());
          rewrite.remember(snapshot.notes(c));
          copy(snapshot.column(c), rewrite);
        }
      }
      edit.commit();
    }
    return folded;
  }

  private static void copy(MappedColumn column, ColumnRewrite rewrite) {
    for (long row = 0; row < column.rowCount(); row += TableFormat.BLOCK_ROWS) {
      int n = (int) Math.min(TableFormat.BLOCK_ROWS, column.rowCount() - row);
      try (Arena arena = Arena.ofConfined()) {
        rewrite.write(column.vector(row, n, arena), n);
      }
    }
  }
}
