package colonnade;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.SourceWithColumn;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A source with one more column at its end: the number of each row, from 0. The numbers are made
 * only where a scan asks for them. Safe for all threads where the source is.
 */
final class NumberedRows extends SourceWithColumn {
  /** The name of the added column: none that a user would choose. */
  static final String ROW_NUMBER = "\0row";

  NumberedRows(BlockSource rows) {
    super(rows, ROW_NUMBER, DataType.I64);
  }

  @Override
  protected Vector added(long firstRow, int count) {
    MemorySegment numbers = Arena.ofAuto().allocate(8L * count, 64);
    for (int i = 0; i < count; i++) {
      numbers.set(JAVA_LONG_UNALIGNED, 8L * i, firstRow + i);
    }
    return Vector.fixed(DataType.I64, numbers, 0, null, 0);
  }

  @Override
  protected double addedBytesPerRow() {
    return 0;
  }
}
