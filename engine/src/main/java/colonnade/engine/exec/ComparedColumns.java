package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.engine.store.RowComparison;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;

/**
 * A column of one generation beside itself in another, {@code before} and {@code after}, and
 * whether they differ, by the rules of {@link RowComparison}; rows that only one generation has are
 * left out. Owns neither. Safe for all threads.
 */
public final class ComparedColumns extends SourceWithColumn {
  /** The name of the column that says whether they differ: none that a user would choose. */
  public static final String DIFFERS = "\0differs";

  private final SnapshotSource before;
  private final int beforeColumn;
  private final SnapshotSource after;
  private final int afterColumn;

  /** The columns at these positions, of one type. */
  public ComparedColumns(
      SnapshotSource before, int beforeColumn, SnapshotSource after, int afterColumn) {
    super(new PairedColumns(before, beforeColumn, after, afterColumn), DIFFERS, DataType.BOOL);
    this.before = before;
    this.beforeColumn = beforeColumn;
    this.after = after;
    this.afterColumn = afterColumn;
  }

  @Override
  protected Vector added(long firstRow, int count) {
    return Vector.bits(
        RowComparison.differing(
            before.snapshot().column(beforeColumn),
            after.snapshot().column(afterColumn),
            firstRow,
            count,
            Arena.ofAuto()),
        0,
        null,
        0);
  }

  @Override
  protected double addedBytesPerRow() {
    return 0;
  }
}
