package colonnade.engine.store.key;

import colonnade.engine.store.Encoding;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Snapshot;
import java.util.function.LongPredicate;

/** Which rows of a generation are removals. As safe for threads as the snapshot. */
public final class Removals {
  private Removals() {}

  /** Whether a row says that its key is removed. */
  public static LongPredicate of(Snapshot snapshot, KeyNotes notes) {
    MappedColumn column = snapshot.column(notes.deletedColumn());
    if (column.encoding() == Encoding.CONSTANT && column.statistics().maxLong() <= 0) {
      return row -> false;
    }
    KeyWindows windows = KeyWindows.of(column);
    return row -> windows.vector(row).longAt(windows.index(row)) != 0;
  }
}
