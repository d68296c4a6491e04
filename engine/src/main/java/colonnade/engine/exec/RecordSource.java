package colonnade.engine.exec;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.store.Vector;
import colonnade.engine.store.array.RecordFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A file of packed records as a table whose columns are the fields. Kernels take dense values, so
 * that each block copies the fields wanted out of the records, into memory that later blocks use
 * again. Only this copy touches the mapping. Does not own the file. Safe for all threads.
 */
public final class RecordSource implements BlockSource {
  private static final long COLUMN_BYTES = 8L * Sizes.BLOCK_ROWS;

  private final RecordFile records;
  private final Queue<MemorySegment> free = new ConcurrentLinkedQueue<>();

  /** The rows of {@code records}, as long as that is open. */
  public RecordSource(RecordFile records) {
    this.records = records;
  }

  @Override
  public String name() {
    return records.file().layout().path().toString();
  }

  @Override
  public Schema schema() {
    return records.layout().schema();
  }

  @Override
  public OptionalLong rowCount() {
    return OptionalLong.of(records.rowCount());
  }

  @Override
  public long blockCount() {
    return Math.ceilDiv(records.rowCount(), (long) Sizes.BLOCK_ROWS);
  }

  @Override
  public RuntimeException translate(
      RuntimeException e, int[] columns, long firstRow, long rowCount) {
    return records.translate(e);
  }

  @Override
  public Block block(long index, int[] columns) {
    long firstRow = index * Sizes.BLOCK_ROWS;
    int rowCount = (int) Math.min(Sizes.BLOCK_ROWS, records.rowCount() - firstRow);
    MemorySegment[] memory = new MemorySegment[columns.length];
    Vector[] vectors = new Vector[columns.length];
    for (int c = 0; c < columns.length; c++) {
      DataType type = schema().type(columns[c]);
      memory[c] = take();
      records.copy(firstRow, columns[c], rowCount, memory[c]);
      vectors[c] = Vector.fixed(type, memory[c], 0, null, 0);
    }
    return new VectorBlock(
        firstRow,
        rowCount,
        vectors,
        () -> {
          for (MemorySegment column : memory) {
            free.add(column);
          }
        });
  }

  private MemorySegment take() {
    MemorySegment column = free.poll();
    return column == null ? Arena.ofAuto().allocate(COLUMN_BYTES, 64) : column;
  }
}
