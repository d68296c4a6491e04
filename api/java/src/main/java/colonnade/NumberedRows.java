package colonnade;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.exec.Block;
import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.CopyMemory;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import colonnade.error.ColonnadeException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A source with one more column at its end: the number of each row, from 0. The numbers are made
 * only where a scan asks for them. Safe for all threads where the source is.
 */
final class NumberedRows implements BlockSource {
  /** The name of the added column: none that a user would choose. */
  static final String ROW_NUMBER = "\0row";

  private final BlockSource rows;
  private final Schema schema;

  NumberedRows(BlockSource rows) {
    this.rows = rows;
    List<Field> fields = new ArrayList<>(rows.schema().fields());
    fields.add(new Field(ROW_NUMBER, DataType.I64));
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
    return isNumber(column) ? null : rows.statistics(column);
  }

  @Override
  public @Nullable ColumnStatistics blockStatistics(int column, long index) {
    return isNumber(column) ? null : rows.blockStatistics(column, index);
  }

  @Override
  public @Nullable Dictionary dictionary(int column) {
    return isNumber(column) ? null : rows.dictionary(column);
  }

  @Override
  public RuntimeException translate(
      RuntimeException e, int[] columns, long firstRow, long rowCount) {
    int[] stored = IntStream.of(columns).filter(c -> !isNumber(c)).toArray();
    return rows.translate(e, stored, firstRow, rowCount);
  }

  @Override
  public Block block(long index, int[] columns) {
    return numbered(rows.block(index, stored(columns)), columns);
  }

  @Override
  public Block block(long index, int[] columns, CopyMemory memory) {
    return numbered(rows.block(index, stored(columns), memory), columns);
  }

  @Override
  public @Nullable ColonnadeException fault(int[] columns, long firstRow, long rowCount) {
    return rows.fault(stored(columns), firstRow, rowCount);
  }

  @Override
  public String reading(int[] columns) {
    return rows.reading(stored(columns));
  }

  private int[] stored(int[] columns) {
    return IntStream.of(columns).filter(c -> !isNumber(c)).toArray();
  }

  private Block numbered(Block block, int[] columns) {
    int[] stored = stored(columns);
    if (stored.length == columns.length) {
      return block;
    }
    int[] positions = new int[columns.length];
    int next = 0;
    for (int c = 0; c < columns.length; c++) {
      positions[c] = isNumber(columns[c]) ? -1 : next++;
    }
    return new NumberedBlock(block, positions);
  }

  private boolean isNumber(int column) {
    return column == rows.schema().size();
  }

  private record NumberedBlock(Block block, int[] positions) implements Block {
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
      if (positions[column] >= 0) {
        return block.vector(positions[column], from, count);
      }
      MemorySegment numbers = Arena.ofAuto().allocate(8L * count, 64);
      for (int i = 0; i < count; i++) {
        numbers.set(JAVA_LONG_UNALIGNED, 8L * i, block.firstRow() + from + i);
      }
      return Vector.fixed(DataType.I64, numbers, 0, null, 0);
    }

    @Override
    public void close() {
      block.close();
    }
  }
}
