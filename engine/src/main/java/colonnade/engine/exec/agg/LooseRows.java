package colonnade.engine.exec.agg;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a chunk that were not grouped, because their groups hardly repeat: keys and arguments as
 * cells, and keys that fit none as runs of bytes. Gathered in row order, then parted by the upper
 * bits of their keys' hashes into native memory or a temporary file, within a part in row order.
 * Used by one worker, which may reuse it for the next chunk, and closes it.
 */
final class LooseRows implements AutoCloseable {
  private final ArgumentCells layout;
  private final QueryContext context;
  private final HeapUse heap;
  private final LooseRuns runs;
  private final long[] batchCells = new long[Sizes.BATCH_ROWS];
  private int count;

  /** Keys, then the lengths or places of runs. */
  private final long[][] keys = new long[2][0];

  /** A column per argument column, then, where there are any, the bits of nulls. */
  private final long[][] columns;

  /** What each row's part number is to be changed by; empty if by nothing. */
  private int[] turns = new int[0];

  private boolean sawNull;

  LooseRows(ArgumentCells layout, QueryContext context) {
    this.layout = layout;
    this.context = context;
    this.heap = new HeapUse(context);
    this.runs = new LooseRuns(context);
    this.columns = new long[layout.columnCount() + 1][0];
  }

  /**
   * The first of rows {@code from .. end - 1} among the ones last read whose key does not fit
   * {@code most} bytes of runs with those before it; {@code end} if all fit.
   */
  int roomUpTo(LooseGrouping grouping, int from, int end, long most) {
    KeyRuns more = grouping.runs();
    return more == null ? end : more.upTo(most - runs.size(), from, end);
  }

  /**
   * Adds the rows that are numbers {@code from .. end - 1} among the kept ones of {@code batch};
   * {@code grouping} has read the keys of all kept ones.
   */
  void add(Batch batch, BatchRows kept, int from, int end, LooseGrouping grouping) {
    int more = end - from;
    int[] batchTurns = grouping.turns();
    KeyRuns batchRuns = grouping.runs();
    reserve(more, batchTurns != null, batchRuns != null);
    System.arraycopy(grouping.looseKeys(), from, keys[0], count, more);
    if (batchTurns != null) {
      System.arraycopy(batchTurns, from, turns, count, more);
    }
    if (batchRuns != null) {
      runs.add(batchRuns, from, end, keys[1], count);
    }
    int[] rows = kept.rows(from, end);
    long[] nulls = columns[columns.length - 1];
    if (sawNull) {
      Arrays.fill(nulls, count, count + more, 0L);
    }
    for (int c = 0; c < layout.columnCount(); c++) {
      Vector vector = batch.cells(layout.column(c));
      Cells.raw(vector, rows, more, batchCells);
      System.arraycopy(batchCells, 0, columns[c], count, more);
      if (vector.validity() != null) {
        nulls = markNulls(vector, rows, more, c);
      }
    }
    count += more;
  }

  /** The rows, parted into native memory or, where that is short, a file; none are left here. */
  PartedRows part(LooseGrouping grouping, int parts, QueryMemory.Region region) {
    int shift = Long.SIZE - Integer.numberOfTrailingZeros(parts);
    int[] starts = new int[parts + 1];
    int[] partOf = new int[count];
    for (int i = 0; i < count; i++) {
      int part = parts == 1 ? 0 : (int) (grouping.hashOfLoose(keys[0][i]) >>> shift);
      part ^= turns.length == 0 ? 0 : turns[i];
      partOf[i] = part;
      starts[part + 1]++;
    }
    for (int part = 0; part < parts; part++) {
      starts[part + 1] += starts[part];
    }
    boolean hasRuns = grouping.runs() != null;
    MemorySegment bytes =
        hasRuns
            ? written(runs.size(), out -> runs.part(partOf, count, parts, keys[1], out), region)
            : null;
    int[] targets = partOf;
    for (int i = 0; i < count; i++) {
      targets[i] = starts[partOf[i]]++;
    }
    System.arraycopy(starts, 0, starts, 1, parts);
    starts[0] = 0;
    List<long[]> all = new ArrayList<>(Arrays.asList(keys).subList(0, hasRuns ? 2 : 1));
    all.addAll(Arrays.asList(columns).subList(0, columns.length - (sawNull ? 0 : 1)));
    MemorySegment cells =
        written(8L * all.size() * count, out -> scatter(all, targets, out), region);
    PartedRows parted = new PartedRows(cells, count, starts, sawNull, bytes);
    count = 0;
    sawNull = false;
    return parted;
  }

  /** What {@code writer} writes: in memory of {@code region}, or where that is short in a file. */
  private MemorySegment written(
      long bytes, Consumer<MemorySegment> writer, QueryMemory.Region region) {
    QueryMemory memory = context.memory();
    if (!memory.isShort(bytes)) {
      MemorySegment out = region.allocate(bytes);
      writer.accept(out);
      return out;
    }
    try (QueryMemory.Region scratch = memory.region()) {
      MemorySegment out = scratch.allocate(bytes);
      writer.accept(out);
      return region.spill(out);
    }
  }

  private void scatter(List<long[]> all, int[] targets, MemorySegment out) {
    for (int c = 0; c < all.size(); c++) {
      scatter(all.get(c), targets, count, out.asSlice(8L * c * count, 8L * count));
    }
  }

  private static void scatter(long[] column, int[] targets, int count, MemorySegment out) {
    for (int i = 0; i < count; i++) {
      out.setAtIndex(JAVA_LONG, targets[i], column[i]);
    }
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

  private void reserve(int more, boolean turned, boolean hasRuns) {
    int length = keys[0].length;
    if (count + more > length) {
      int longer = Math.max(1 << 16, Math.addExact(count, more) + length / 2);
      keys[0] = heap.grow(keys[0], longer);
      keys[1] = hasRuns ? heap.grow(keys[1], longer) : keys[1];
      for (int c = 0; c < columns.length; c++) {
        columns[c] = heap.grow(columns[c], longer);
      }
      turns = turned ? heap.grow(turns, longer) : turns;
    }
  }

  @Override
  public void close() {
    runs.close();
    heap.close();
  }
}
