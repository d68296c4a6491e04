package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import colonnade.error.ColonnadeException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of another source with one more column at the end, whose values are made from the
 * numbers of the rows when a scan asks for them. All else, faults and copies too, is that of the
 * other source, which it does not own. Safe for all threads where the other source is.
 */
public abstract class SourceWithColumn implements BlockSource {
  private final BlockSource rows;
  private final int added;
  private final Schema schema;

  /**
   * The rows of {@code rows} with one more column.
   *
   * @param name what it is called: a name that no user would choose
   */
  protected SourceWithColumn(BlockSource rows, String name, DataType type) {
    this.rows = rows;
    this.added = rows.schema().size();
    List<Field> fields = new ArrayList<>(rows.schema().fields());
    fields.add(new Field(name, type));
    this.schema = new Schema(fields);
  }

  /** The added column's values of {@code count} rows from {@code firstRow} on; none is null. */
  protected abstract Vector added(long firstRow, int count);

  /** Bytes that a scan reads for a row of the added column. */
  protected abstract double addedBytesPerRow();

  @Override
  public final String name() {
    return rows.name();
  }

  @Override
  public final Schema schema() {
    return schema;
  }

  @Override
  public final OptionalLong rowCount() {
    return rows.rowCount();
  }

  @Override
  public final long blockCount() {
    return rows.blockCount();
  }

  @Override
  public final @Nullable ColumnStatistics statistics(int column) {
    return column == added ? null : rows.statistics(column);
  }

  @Override
  public final @Nullable ColumnStatistics blockStatistics(int column, long index) {
    return column == added ? null : rows.blockStatistics(column, index);
  }

  @Override
  public final double bytesPerRow(int column) {
    return column == added ? addedBytesPerRow() : rows.bytesPerRow(column);
  }

  @Override
  public final @Nullable Dictionary dictionary(int column) {
    return column == added ? null : rows.dictionary(column);
  }

  @Override
  public final @Nullable Vector whole(int column, QueryContext context, QueryMemory.Region region) {
    return column == added ? null : rows.whole(column, context, region);
  }

  @Override
  public final boolean isOnDisk(int[] columns) {
    return rows.isOnDisk(others(columns));
  }

  @Override
  public final void load(int column, long first, int count) {
    if (column != added) {
      rows.load(column, first, count);
    }
  }

  @Override
  public final void release(int column, long block) {
    if (column != added) {
      rows.release(column, block);
    }
  }

  @Override
  public final RuntimeException translate(
      RuntimeException e, int[] columns, long firstRow, long rowCount) {
    return rows.translate(e, others(columns), firstRow, rowCount);
  }

  @Override
  public final @Nullable ColonnadeException fault(int[] columns, long firstRow, long rowCount) {
    return rows.fault(others(columns), firstRow, rowCount);
  }

  @Override
  public final String reading(int[] columns) {
    return rows.reading(others(columns));
  }

  @Override
  public final Block block(long index, int[] columns) {
    return widened(rows.block(index, others(columns)), columns);
  }

  @Override
  public final Block block(long index, int[] columns, CopyMemory memory) {
    return widened(rows.block(index, others(columns), memory), columns);
  }

  private int[] others(int[] columns) {
    return IntStream.of(columns).filter(c -> c != added).toArray();
  }

  private Block widened(Block block, int[] columns) {
    int[] positions = new int[columns.length];
    int next = 0;
    for (int c = 0; c < columns.length; c++) {
      positions[c] = columns[c] == added ? -1 : next++;
    }
    return next == columns.length ? block : new WidenedBlock(block, positions);
  }

  private final class WidenedBlock implements Block {
    private final Block block;
    private final int[] positions;

    WidenedBlock(Block block, int[] positions) {
      this.block = block;
      this.positions = positions;
    }

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
          : added(block.firstRow() + from, count);
    }

    @Override
    public void close() {
      block.close();
    }
  }
}
