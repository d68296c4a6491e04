package colonnade.engine.exec;

import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block of columns of which some must be copied before anything computes on them: each is copied
 * when it is first asked for. Used by one worker at a time.
 */
final class ColumnBlock implements Block {
  private final long firstRow;
  private final int rowCount;
  private final MappedColumn[] columns;
  private final @Nullable Vector[] vectors;
  private final CopyMemory memory;
  private final List<MemorySegment> taken = new ArrayList<>();

  ColumnBlock(long firstRow, int rowCount, MappedColumn[] columns, CopyMemory memory) {
    this.firstRow = firstRow;
    this.rowCount = rowCount;
    this.columns = columns;
    this.vectors = new @Nullable Vector[columns.length];
    this.memory = memory;
  }

  @Override
  public long firstRow() {
    return firstRow;
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public Vector vector(int column, int from, int count) {
    Vector whole = vectors[column];
    if (whole == null) {
      whole = columns[column].vector(firstRow, rowCount, (bytes, _) -> allocate(bytes));
      vectors[column] = whole;
    }
    return whole.from(from);
  }

  private MemorySegment allocate(long bytes) {
    MemorySegment memorySegment = memory.take(bytes);
    taken.add(memorySegment);
    return memorySegment.asSlice(0, bytes);
  }

  @Override
  public void close() {
    taken.forEach(memory::giveBack);
    taken.clear();
  }
}
