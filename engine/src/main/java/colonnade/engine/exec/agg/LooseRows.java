package colonnade.engine.exec.agg;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.exec.hash.Hash;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a chunk that were not grouped, because their groups hardly repeat: packed keys and
 * arguments as cells. Gathered in row order on the heap, then parted by the upper bits of their
 * keys' hashes into native memory or a temporary file, within a part in row order. Used by one
 * worker, which may reuse it for the next chunk.
 */
final class LooseRows {
  private final ArgumentCells layout;
  private final HeapUse heap;
  private final long[] batchCells = new long[colonnade.engine.exec.Sizes.BATCH_ROWS];
  private int count;

  /** Keys, then a column per argument column, then, where there are any, the bits of nulls. */
  private final long[][] columns;

  /** What each row's part number is to be changed by; empty if by nothing. */
  private int[] turns = new int[0];

  private boolean sawNull;

  LooseRows(ArgumentCells layout, HeapUse heap) {
    this.layout = layout;
    this.heap = heap;
    this.columns = new long[layout.columnCount() + 2][0];
  }

  /**
   * Adds the rows that are numbers {@code from .. end - 1} among the kept ones of {@code batch};
   * {@code grouping} has packed the keys of all kept ones.
   */
  void add(Batch batch, BatchRows kept, int from, int end, PackedGrouping grouping) {
    int more = end - from;
    reserve(more, grouping.keepsKeyApart());
    System.arraycopy(grouping.packed(), from, columns[0], count, more);
    if (grouping.keepsKeyApart()) {
      System.arraycopy(grouping.apart(), from, turns, count, more);
    }
    int[] rows = rows(kept, from, end);
    long[] nulls = columns[columns.length - 1];
    if (sawNull) {
      Arrays.fill(nulls, count, count + more, 0L);
    }
    for (int c = 0; c < layout.columnCount(); c++) {
      Vector vector = batch.cells(layout.column(c));
      Cells.raw(vector, rows, more, batchCells);
      System.arraycopy(batchCells, 0, columns[1 + c], count, more);
      if (vector.validity() != null) {
        nulls = markNulls(vector, rows, more, c);
      }
    }
    count += more;
  }

  /** The rows, parted into native memory or, where that is short, a file; none are left here. */
  PartedRows part(int parts, QueryContext context, QueryMemory.Region region) {
    int shift = 64 - Integer.numberOfTrailingZeros(parts);
    int[] starts = new int[parts + 1];
    int[] targets = new int[count];
    long[] keys = columns[0];
    for (int i = 0; i < count; i++) {
      int part = parts == 1 ? 0 : (int) (Hash.of(keys[i]) >>> shift);
      part ^= turns.length == 0 ? 0 : turns[i];
      targets[i] = part;
      starts[part + 1]++;
    }
    for (int part = 0; part < parts; part++) {
      starts[part + 1] += starts[part];
    }
    for (int i = 0; i < count; i++) {
      targets[i] = starts[targets[i]]++;
    }
    System.arraycopy(starts, 0, starts, 1, parts);
    starts[0] = 0;
    int columnCount = columns.length - (sawNull ? 0 : 1);
    MemorySegment cells = scatter(targets, columnCount, context.memory(), region);
    PartedRows parted = new PartedRows(cells, count, starts, sawNull);
    count = 0;
    sawNull = false;
    return parted;
  }

  private MemorySegment scatter(
      int[] targets, int columnCount, QueryMemory memory, QueryMemory.Region region) {
    long bytes = 8L * columnCount * count;
    if (!memory.isShort(bytes)) {
      return scatter(targets, columnCount, region.allocate(bytes));
    }
    try (QueryMemory.Region scratch = memory.region()) {
      return region.spill(scatter(targets, columnCount, scratch.allocate(bytes)));
    }
  }

  private MemorySegment scatter(int[] targets, int columnCount, MemorySegment out) {
    for (int c = 0; c < columnCount; c++) {
      scatter(columns[c], targets, count, out.asSlice(8L * c * count, 8L * count));
    }
    return out;
  }

  private static void scatter(long[] column, int[] targets, int count, MemorySegment out) {
    for (int i = 0; i < count; i++) {
      out.setAtIndex(JAVA_LONG, targets[i], column[i]);
    }
  }

  private static int @Nullable [] rows(BatchRows kept, int from, int end) {
    int[] all = kept.rows;
    if (from == 0) {
      return all;
    }
    int[] rows = new int[end - from];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = all == null ? from + i : all[from + i];
    }
    return rows;
  }

  private long[] markNulls(Vector vector, int @Nullable [] rows, int more, int column) {
    long[] nulls = columns[columns.length - 1];
    for (int i = 0; i < more; i++) {
      if (vector.isNull(rows == null ? i : rows[i])) {
        if (!sawNull) {
          sawNull = true;
          Arrays.fill(nulls, 0, count + more, 0L);
        }
        nulls[count + i] |= 1L << column;
      }
    }
    return nulls;
  }

  private void reserve(int more, boolean turned) {
    int length = columns[0].length;
    if (count + more > length) {
      int longer = Math.max(1 << 16, Math.addExact(count, more) + length / 2);
      for (int c = 0; c < columns.length; c++) {
        columns[c] = heap.grow(columns[c], longer);
      }
      turns = turned ? heap.grow(turns, longer) : turns;
    }
  }
}
