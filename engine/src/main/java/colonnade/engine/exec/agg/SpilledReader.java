package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.HeapUse;
import java.util.Arrays;
import java.util.List;

/**
 * Groups and aggregates the rows of one part that chunks wrote to temporary files, each chunk's on
 * their own, exactly as the chunk would have done in memory: the same groups in the same order, the
 * same bits in their states. Used by one worker, which closes it when all that was read is merged.
 */
final class SpilledReader implements AutoCloseable {
  private static final int FEW_GROUPS = 256;

  private final QueryContext context;
  private final AggregateSet set;
  private final QueryMemory.Region region;
  private final HeapUse heap;

  /** The groups last read. */
  private final Grouping grouping;

  private final BatchRows rows = new BatchRows();
  private final List<ArgumentValues> arguments;
  private Batch batch = new Batch(0);

  /** The ordinals in their chunk of the first rows of the groups known so far. */
  private int[] firstOrdinals = new int[0];

  private int known;

  /**
   * @param region where texts and collected values go
   */
  SpilledReader(
      QueryContext context, GroupingChoice choice, AggregateSet set, QueryMemory.Region region) {
    this.context = context;
    this.set = set;
    this.region = region;
    this.heap = new HeapUse(context);
    this.grouping = choice.create(FEW_GROUPS, heap, region);
    this.arguments =
        set.arguments().stream().map(a -> new ArgumentValues(a, context.kernels())).toList();
  }

  /**
   * Groups in the order that their chunk met them; {@code grouping} only until the next are read.
   *
   * @param order their numbers in {@code grouping} and {@code states}
   */
  record Groups(Grouping grouping, GroupStates states, int[] order) {}

  /** The groups of parts {@code first .. end - 1} of a chunk. */
  Groups read(SpilledRows chunk, int first, int end) {
    grouping.clear();
    GroupStates states = new GroupStates(context, set, heap, region, FloatSum.lanes(grouping));
    MemoryTable.Rows all = chunk.rows();
    if (batch.columnCount() != all.vectors().length) {
      batch = new Batch(all.vectors().length);
    }
    int stop = chunk.starts()[end];
    for (int row = chunk.starts()[first]; row < stop; ) {
      int aligned = row & ~7;
      int size = Math.min(Sizes.BATCH_ROWS, stop - aligned);
      batch.reset(aligned, size);
      for (int c = 0; c < all.vectors().length; c++) {
        batch.set(c, all.vectors()[c].from(aligned));
      }
      int[] list = batch.selection().rows();
      int count = aligned + size - row;
      for (int i = 0; i < count; i++) {
        list[i] = row - aligned + i;
      }
      batch.selection().setList(size, count);
      rows.take(batch, 0);
      grouping.assign(batch, rows);
      noteOrdinals(chunk, row, grouping.groupCount());
      states.resize(grouping.groupCount(), false);
      states.update(batch, rows, arguments);
      row += count;
    }
    states.seal(grouping.groupCount());
    return new Groups(grouping, states, order(grouping.groupCount()));
  }

  /** Notes in which row a group came first; a group's rows are all in one part, in row order. */
  private void noteOrdinals(SpilledRows chunk, int row, int groupCount) {
    if (groupCount > firstOrdinals.length) {
      firstOrdinals = Arrays.copyOf(firstOrdinals, groupCount * 2);
    }
    for (int i = rows.count - 1; i >= 0; i--) {
      if (rows.groups[i] >= known) {
        firstOrdinals[rows.groups[i]] = chunk.ordinal(row + i);
      }
    }
    known = groupCount;
  }

  private int[] order(int groupCount) {
    known = 0;
    long[] sorted = new long[groupCount];
    for (int group = 0; group < groupCount; group++) {
      sorted[group] = (long) firstOrdinals[group] << 32 | group;
    }
    Arrays.sort(sorted);
    return Arrays.stream(sorted).mapToInt(at -> (int) at).toArray();
  }

  @Override
  public void close() {
    heap.close();
  }
}
