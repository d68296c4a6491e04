package colonnade.engine.exec.agg;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.SpilledVectors;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/**
 * The rows of a chunk that was started when memory was short: not aggregated, but written to a
 * temporary file with the chunk's end, parted by the hashes of their groups. Used by one worker,
 * which closes it.
 */
final class ChunkSpill implements AutoCloseable {
  private final QueryMemory.Region scratch;
  private final HeapUse heap;
  private ColumnBuilder[] columns = new ColumnBuilder[0];
  private int[] groups = new int[0];
  private int count;

  ChunkSpill(QueryContext context) {
    this.scratch = context.memory().region();
    this.heap = new HeapUse(context);
  }

  /** Memory that is freed with the chunk. */
  QueryMemory.Region scratch() {
    return scratch;
  }

  /** Adds the kept rows of {@code batch}, whose groups are known. */
  void add(Batch batch, BatchRows rows) {
    if (columns.length == 0) {
      columns = new ColumnBuilder[batch.columnCount()];
      for (int c = 0; c < columns.length; c++) {
        columns[c] = new ColumnBuilder(batch.vector(c).type(), scratch);
      }
    }
    int[] kept = rows.rows;
    for (int c = 0; c < columns.length; c++) {
      if (kept == null) {
        columns[c].append(batch.vector(c), 0, rows.count);
      } else {
        columns[c].append(batch.vector(c), kept, rows.count);
      }
    }
    if (count + rows.count > groups.length) {
      groups = heap.grow(groups, Math.max(1024, Math.addExact(count, rows.count) * 2));
    }
    System.arraycopy(rows.groups, 0, groups, count, rows.count);
    count += rows.count;
  }

  /** Writes all rows to {@code parts} parts of a temporary file of {@code target}. */
  SpilledRows end(Grouping grouping, int parts, QueryMemory.Region target) {
    PartedGroups parted = PartedGroups.of(count, row -> grouping.hash(groups[row]), parts);
    Vector[] vectors = new Vector[columns.length];
    for (int c = 0; c < columns.length; c++) {
      ColumnBuilder ordered = new ColumnBuilder(columns[c].type(), scratch);
      ordered.reserve(count);
      ordered.append(columns[c].vector(0), parted.order(), count);
      vectors[c] = ordered.vector(0);
    }
    MemorySegment ordinals = scratch.allocate(4L * count);
    MemorySegment.copy(parted.order(), 0, ordinals, JAVA_INT, 0, count);
    return new SpilledRows(
        SpilledVectors.of(new MemoryTable.Rows(count, vectors), target),
        target.spill(ordinals),
        parted.starts(),
        grouping.groupCount());
  }

  @Override
  public void close() {
    scratch.close();
    heap.close();
  }
}
