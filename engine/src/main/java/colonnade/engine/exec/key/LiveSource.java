package colonnade.engine.exec.key;

import colonnade.DataType;
import colonnade.engine.exec.SnapshotSource;
import colonnade.engine.exec.SourceWithColumn;
import colonnade.engine.store.Vector;
import colonnade.engine.store.key.LiveRows;

/**
 * All rows of a generation, with one more column at the end: whether a row counts. Its values are a
 * window on {@link LiveRows}; nothing is copied. Safe for all threads.
 */
final class LiveSource extends SourceWithColumn {
  /** The name of the added column: none that a user would choose. */
  static final String LIVE = "\0live";

  private final LiveRows live;

  LiveSource(SnapshotSource rows, LiveRows live) {
    super(rows, LIVE, DataType.BOOL);
    this.live = live;
  }

  @Override
  protected Vector added(long firstRow, int count) {
    return Vector.bits(live.bits(), firstRow >> 3, null, 0);
  }

  @Override
  protected double addedBytesPerRow() {
    return 0.125;
  }
}
