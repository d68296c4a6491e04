package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sink;
import colonnade.engine.exec.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Groups rows by keys and computes aggregates of each group; without keys all rows are one group,
 * also when there are none. Batches have the keys in columns {@code 0 .. k - 1}.
 *
 * <p>The result has the keys, then the aggregates, a row per group; {@code largest} makes a row of
 * each of its values, beside which everything else is repeated, and several of them run side by
 * side, nulls filling up the shorter. Groups come in an order that depends on the data alone, by
 * key where the keys' domains are small.
 *
 * <p>Each chunk groups its own rows; chunks are merged in their order. Results are the same bits
 * for any number of threads and any batch size. States are on the heap, counted against the query's
 * memory.
 */
public final class AggregateSink implements Sink {
  /** Rows per slot in a chunk, so that merging chunks costs less than reading them. */
  private static final long CHUNK_ROWS_PER_SLOT = 8;

  private final QueryContext context;
  private final AggregateSet set;
  private final GroupingChoice choice;
  private final QueryMemory.Region region;
  private final ResultWriter writer;
  private final Queue<Scratch> scratches = new ConcurrentLinkedQueue<>();

  /** Chunks that have ended; where groups are fixed, only those that wait for an earlier one. */
  private final TreeMap<Long, ChunkGroups> ended = new TreeMap<>();

  private long nextChunk;
  private final List<ChunkGroups> merged = new ArrayList<>();
  private List<MemoryTable.Rows> result = List.of();

  /**
   * A sink.
   *
   * @param rowCount rows of the input at most, or -1 if that is not known
   * @param target where the result goes, which its owner closes
   */
  public AggregateSink(
      QueryContext context,
      List<GroupKey> keys,
      List<AggregateColumn> aggregates,
      long rowCount,
      QueryMemory.Region target) {
    this(context, keys, aggregates, GroupingChoice.of(keys, rowCount), target);
  }

  AggregateSink(
      QueryContext context,
      List<GroupKey> keys,
      List<AggregateColumn> aggregates,
      GroupingChoice choice,
      QueryMemory.Region target) {
    this.context = context;
    this.set = AggregateSet.of(aggregates, keys.isEmpty());
    this.choice = choice;
    this.region = context.memory().region();
    this.writer = new ResultWriter(context, keys, aggregates, choice, target);
  }

  @Override
  public int blocksPerChunk(long blockCount) {
    if (set.single()) {
      return 1;
    }
    if (choice instanceof GroupingChoice.Slots slots) {
      long rows = CHUNK_ROWS_PER_SLOT * slots.slots();
      long blocks = (rows + Sizes.BLOCK_ROWS - 1) / Sizes.BLOCK_ROWS;
      return (int) Math.max(blocks, slots.slots() > 1024 ? 4 : 1);
    }
    return 4;
  }

  @Override
  public ChunkSink chunk(long chunk) {
    return new Chunk(chunk);
  }

  @Override
  public void finish() {
    try (region) {
      List<ChunkGroups> groups = merged;
      if (!choiceIsFixed()) {
        groups =
            new PartitionedMerge(context, choice, set, region)
                .merge(new ArrayList<>(ended.values()));
        ended.clear();
      }
      if (groups.isEmpty() && set.single()) {
        groups = List.of(newGroups(1));
      }
      result = writer.write(groups);
      groups.forEach(ChunkGroups::close);
    }
  }

  /** The result: dense blocks in the memory given, after {@link #finish}. */
  public List<MemoryTable.Rows> rows() {
    return result;
  }

  /** The types of the result's columns. */
  public List<DataType> types() {
    return writer.types();
  }

  private boolean choiceIsFixed() {
    return choice instanceof GroupingChoice.Slots;
  }

  private ChunkGroups newGroups(int expectedGroups) {
    return ChunkGroups.of(choice, set, expectedGroups, context, region);
  }

  private void chunkEnded(long number, ChunkGroups chunk) {
    synchronized (ended) {
      ended.put(number, chunk);
      while (choiceIsFixed() && !ended.isEmpty() && ended.firstKey() == nextChunk) {
        ChunkGroups next = ended.pollFirstEntry().getValue();
        nextChunk++;
        if (merged.isEmpty() && !set.collects()) {
          merged.add(next);
          continue;
        }
        if (merged.isEmpty()) {
          merged.add(newGroups(0));
        }
        int[] present = next.presentGroups();
        merged.getFirst().states().merge(next.states(), present, 0, present, present.length);
        if (!next.states().isReferredTo()) {
          next.close();
        }
      }
    }
  }

  /** What a worker needs for the batch at hand. */
  private final class Scratch {
    final BatchRows rows = new BatchRows();
    final List<ArgumentValues> arguments =
        set.arguments().stream().map(a -> new ArgumentValues(a, context.kernels())).toList();
  }

  private final class Chunk implements ChunkSink {
    private final long number;
    private final ChunkGroups groups;
    private final Scratch scratch;
    private long position;

    Chunk(long number) {
      this.number = number;
      this.groups = newGroups(1024);
      Scratch free = scratches.poll();
      this.scratch = free == null ? new Scratch() : free;
    }

    @Override
    public void push(Batch batch) {
      BatchRows rows = scratch.rows;
      rows.take(batch, position);
      position += batch.size();
      if (rows.count > 0) {
        groups.grouping().assign(batch, rows);
        groups.states().resize(groups.grouping().groupCount(), false);
        groups.states().update(batch, rows, scratch.arguments);
      }
    }

    @Override
    public void end() {
      scratches.add(scratch);
      groups.states().seal(groups.grouping().groupCount());
      chunkEnded(number, groups);
    }
  }
}
