package colonnade.engine.exec.key;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.exec.Block;
import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.CopyMemory;
import colonnade.engine.exec.SnapshotSource;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import colonnade.engine.store.key.LiveRows;
import colonnade.error.ColonnadeException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a generation, with one more column at the end: whether a row counts. Its values are a
 * window on {@link LiveRows}; nothing is copied. Safe for all threads.
 */
final class LiveSource implements BlockSource {
  /** The name of the added column: none that a user would choose. */
  static final String LIVE = "\0live";

  private final SnapshotSource rows;
  private final LiveRows live;
  private final Schema schema;

  LiveSource(SnapshotSource rows, LiveRows live) {
    this.rows = rows;
    this.live = live;
    List<Field> fields = new ArrayList<>(rows.schema().fields());
    fields.add(new Field(LIVE, DataType.BOOL));
    this.schema = new Schema(fields);
  }

  @Override
  public String name() {
    return rows.name();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public OptionalLong rowCount() {
    return rows.rowCount();
  }

  @Override
  public long blockCount() {
    return rows.blockCount();
  }

  @Override
  public @Nullable ColumnStatistics statistics(int column) {
    return isLive(column) ? null : rows.statistics(column);
  }

  @Override
  public double bytesPerRow(int column) {
    return isLive(column) ? 0.125 : rows.bytesPerRow(column);
  }

  @Override
  public @Nullable ColumnStatistics blockStatistics(int column, long index) {
    return isLive(column) ? null : rows.blockStatistics(column, index);
  }

  @Override
  public @Nullable Dictionary dictionary(int column) {
    return isLive(column) ? null : rows.dictionary(column);
  }

  @Override
  public boolean isOnDisk(int[] columns) {
    return rows.isOnDisk(stored(columns));
  }

  @Override
  public void load(int column, long first, int count) {
    if (!isLive(column)) {
      rows.load(column, first, count);
    }
  }

  @Override
  public void release(int column, long block) {
    if (!isLive(column)) {
      rows.release(column, block);
    }
  }

  @Override
  public RuntimeException translate(
      RuntimeException e, int[] columns, long firstRow, long rowCount) {
    return rows.translate(e, stored(columns), firstRow, rowCount);
  }

  @Override
  public @Nullable ColonnadeException fault(int[] columns, long firstRow, long rowCount) {
    return rows.fault(stored(columns), firstRow, rowCount);
  }

  @Override
  public String reading(int[] columns) {
    return rows.reading(stored(columns));
  }

  @Override
  public Block block(long index, int[] columns) {
    return withLive(rows.block(index, stored(columns)), columns);
  }

  @Override
  public Block block(long index, int[] columns, CopyMemory memory) {
    return withLive(rows.block(index, stored(columns), memory), columns);
  }

  private Block withLive(Block block, int[] columns) {
    int[] positions = new int[columns.length];
    int next = 0;
    for (int c = 0; c < columns.length; c++) {
      positions[c] = isLive(columns[c]) ? -1 : next++;
    }
    return new LiveBlock(block, live, positions);
  }

  private int[] stored(int[] columns) {
    return IntStream.of(columns).filter(c -> !isLive(c)).toArray();
  }

  private boolean isLive(int column) {
    return column == rows.schema().size();
  }

  private record LiveBlock(Block block, LiveRows live, int[] positions) implements Block {
    @Override
    public long firstRow() {
      return block.firstRow();
    }

    @Override
    public int rowCount() {
      return block.rowCount();
    }

    @Override
    public Vector vector(int column, int from, int count) {
      return positions[column] >= 0
          ? block.vector(positions[column], from, count)
          : Vector.bits(live.bits(), block.firstRow() + from >> 3, null, 0);
    }

    @Override
    public void close() {
      block.close();
    }
  }
}
