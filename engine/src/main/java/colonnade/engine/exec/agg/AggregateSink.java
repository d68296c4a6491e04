package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sink;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.HeapUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

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
 * for any number of threads, any batch size and any memory limit. States are on the heap, counted
 * against the query's memory. When that is short, chunks write their rows to temporary files
 * instead, to be grouped part by part at the end; where groups are fixed there is nothing to be
 * gained by that.
 */
public final class AggregateSink implements Sink {
  /** Rows per slot in a chunk, so that merging chunks costs less than reading them. */
  private static final long CHUNK_ROWS_PER_SLOT = 8;

  /** Chunks of a table of many blocks at least, so that all threads end at about the same time. */
  private static final int BLOCK_SHARE = 64;

  /** Blocks per chunk at most where beginning and ending one is most of what is to be done. */
  private static final int MOST_BLOCKS = 8;

  /** With so many parts, all threads are busy with whole ones. */
  private static final int MANY_PARTS = 16;

  private final QueryContext context;
  private final int looseParts;
  private final AggregateSet set;
  private final GroupingChoice choice;
  private final QueryMemory.Region region;
  private final ResultWriter writer;

  /** Only so many rows of the result are wanted, in its own order; -1 for all. */
  private final long wantsFirst;

  private final Queue<Scratch> scratches = new ConcurrentLinkedQueue<>();

  /** Chunks that have ended; where groups are fixed, only those that wait for an earlier one. */
  private final TreeMap<Long, EndedChunk> ended = new TreeMap<>();

  private long nextChunk;
  private long looseRowCount;
  private final List<ChunkGroups> merged = new ArrayList<>();
  private List<MemoryTable.Rows> result = List.of();

  /**
   * A sink.
   *
   * @param rowCount rows of the input at most, or -1 if that is not known
   * @param wanted which rows of the result are: others may be left out; null for all
   * @param target where the result goes, which its owner closes
   */
  public AggregateSink(
      QueryContext context,
      List<GroupKey> keys,
      List<AggregateColumn> aggregates,
      long rowCount,
      @Nullable WantedGroups wanted,
      QueryMemory.Region target) {
    this(context, keys, aggregates, choice(keys, aggregates, rowCount), rowCount, wanted, target);
  }

  AggregateSink(
      QueryContext context,
      List<GroupKey> keys,
      List<AggregateColumn> aggregates,
      GroupingChoice choice,
      long rowCount,
      @Nullable WantedGroups wanted,
      QueryMemory.Region target) {
    this.context = context;
    this.looseParts = PartedGroups.partsForRows(rowCount);
    this.set = AggregateSet.of(aggregates, keys.isEmpty());
    this.choice = choice;
    this.region = context.memory().region();
    this.wantsFirst = wanted != null && wanted.keys().isEmpty() ? wanted.rowCount() : -1;
    this.writer = new ResultWriter(context, keys, aggregates, choice, wanted, target);
  }

  private static GroupingChoice choice(
      List<GroupKey> keys, List<AggregateColumn> aggregates, long rowCount) {
    boolean mayLoosen = ArgumentCells.suit(AggregateSet.of(aggregates, keys.isEmpty()));
    return GroupingChoice.of(keys, rowCount, mayLoosen);
  }

  @Override
  public int blocksPerChunk(long blockCount) {
    if (set.single()) {
      return Math.clamp(blockCount / BLOCK_SHARE, 1, MOST_BLOCKS);
    }
    if (choice instanceof GroupingChoice.Slots slots) {
      long rows = CHUNK_ROWS_PER_SLOT * slots.slots();
      long blocks = (rows + Sizes.BLOCK_ROWS - 1) / Sizes.BLOCK_ROWS;
      long least = slots.slots() <= 1024 ? 1 : set.collects() ? longRuns(blockCount) : 4;
      return (int) Math.max(blocks, least);
    }
    return 4;
  }

  /** Blocks that make long runs of a group's values, where there are many. */
  private static long longRuns(long blockCount) {
    return Math.clamp(blockCount / BLOCK_SHARE, 4, 16);
  }

  @Override
  public boolean takesBlocks() {
    return set.readsVectorsAlone();
  }

  /** Loops over integers are only sure not to overflow within a block. */
  @Override
  public boolean takesRuns() {
    return set.readsVectorsAlone() && set.readsFloatsAlone();
  }

  @Override
  public ChunkSink chunk(long chunk) {
    return new Chunk(chunk);
  }

  @Override
  public void finish() {
    scratches.forEach(Scratch::close);
    scratches.clear();
    try (region) {
      List<EndedChunk> chunks = new ArrayList<>(ended.values());
      ended.clear();
      if (chunks.size() == 1 && chunks.getFirst().isWhole()) {
        merged.add(chunks.getFirst().kept());
      } else if (!chunks.isEmpty()) {
        PartitionedMerge merge =
            new PartitionedMerge(context, choice, set, region, chunks, looseParts);
        if (wantsFirst >= 0) {
          result = writeFirst(merge);
          return;
        }
        if (merge.partCount() >= MANY_PARTS || merge.readsSpilled()) {
          result = writeParts(merge);
          return;
        }
        merged.addAll(merge.mergeAll());
      }
      if (merged.isEmpty() && set.single()) {
        merged.add(newGroups(1));
      }
      result = writer.write(merged);
    }
  }

  /** Merges and writes part by part, so that what is merged of a part is soon given up. */
  private List<MemoryTable.Rows> writeParts(PartitionedMerge merge) {
    List<List<MemoryTable.Rows>> blocks =
        new ArrayList<>(Collections.nCopies(merge.partCount(), List.of()));
    Parallel.run(
        context,
        merge.partCount(),
        part -> {
          try (ChunkGroups groups = merge.merge((int) part)) {
            List<MemoryTable.Rows> rows = writer.write(groups);
            synchronized (blocks) {
              blocks.set((int) part, rows);
            }
          }
        });
    return blocks.stream().flatMap(List::stream).toList();
  }

  /** Merges and writes one part after the other, until there are as many rows as are wanted. */
  private List<MemoryTable.Rows> writeFirst(PartitionedMerge merge) {
    List<MemoryTable.Rows> blocks = new ArrayList<>();
    long rowCount = 0;
    for (int part = 0; part < merge.partCount() && rowCount < wantsFirst; part++) {
      context.checkCancelled();
      try (ChunkGroups groups = merge.merge(part)) {
        List<MemoryTable.Rows> rows = writer.write(groups);
        blocks.addAll(rows);
        rowCount += rows.stream().mapToLong(MemoryTable.Rows::rowCount).sum();
      }
    }
    return blocks;
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

  /** Whether chunks that start now are to spill their rows rather than keep their groups. */
  private boolean spillsChunks() {
    return !choiceIsFixed() && (context.memory().isShort(0) || HeapUse.isShort());
  }

  private ChunkGroups newGroups(int expectedGroups) {
    return ChunkGroups.of(choice, set, expectedGroups, context, region);
  }

  /** Rows that were not grouped chunk by chunk, because their groups hardly repeat. */
  long looseRowCount() {
    return looseRowCount;
  }

  private void chunkEnded(long number, EndedChunk chunk) {
    synchronized (ended) {
      PartedRows loose = chunk.loose();
      looseRowCount += loose == null ? 0 : loose.rowCount();
      ended.put(number, chunk);
      while (choiceIsFixed() && !ended.isEmpty() && ended.firstKey() == nextChunk) {
        ChunkGroups next = ended.pollFirstEntry().getValue().kept();
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
  private final class Scratch implements AutoCloseable {
    final BatchRows rows = new BatchRows();
    final GroupsApart apart = new GroupsApart(context.kernels());
    final List<ArgumentValues> arguments =
        set.arguments().stream().map(a -> new ArgumentValues(a, context.kernels())).toList();
    private @Nullable LooseRows loose;

    /** Rows that are kept apart; made by the first chunk that keeps any. */
    LooseRows loose() {
      LooseRows made = loose;
      if (made == null) {
        made = new LooseRows(ArgumentCells.of(set), context);
        loose = made;
      }
      return made;
    }

    @Override
    public void close() {
      if (loose != null) {
        loose.close();
      }
    }
  }

  private final class Chunk implements ChunkSink {
    private final long number;
    private final ChunkGroups groups;
    private final Scratch scratch;
    private final @Nullable ChunkSpill spill;

    /** The grouping, if rows may be kept ungrouped. */
    private final @Nullable LooseGrouping loosening;

    private boolean loosened;

    /** Whether no more rows are kept ungrouped, because their keys take too much. */
    private boolean full;

    private long position;
    private long rowsBefore;

    Chunk(long number) {
      this.number = number;
      this.spill = spillsChunks() ? new ChunkSpill(context) : null;
      this.groups =
          ChunkGroups.of(choice, set, 1024, context, spill == null ? region : spill.scratch());
      this.loosening =
          groups.grouping() instanceof LooseGrouping ofRows && ArgumentCells.suit(set)
              ? ofRows
              : null;
      Scratch free = scratches.poll();
      this.scratch = free == null ? new Scratch() : free;
      this.loosened = loosening != null && loosening.turns() != null;
    }

    @Override
    public void push(Batch batch) {
      if (groups.grouping() instanceof SlotGrouping slots
          && groups.states().takesGroupsApart(batch)
          && scratch.apart.take(slots, batch, position)) {
        position += batch.size();
        groups.states().update(batch, scratch.apart);
        return;
      }
      if (set.countsAlone()) {
        groups.states().add(batch.selection().count());
        return;
      }
      BatchRows rows = scratch.rows;
      rows.take(batch, position);
      position += batch.size();
      if (rows.count == 0) {
        return;
      }
      if (loosening == null || full) {
        group(batch, rows);
      } else {
        pushWhileRepeating(batch, rows, loosening);
      }
    }

    private void pushWhileRepeating(Batch batch, BatchRows rows, LooseGrouping grouping) {
      int count = rows.count;
      int grouped = 0;
      if (loosened) {
        grouping.read(batch, rows);
      } else {
        grouped = grouping.assignWhileRepeating(batch, rows, rowsBefore);
        rowsBefore += grouped;
        rows.count = grouped;
        update(batch, rows);
        loosened = grouped < count;
      }
      int kept = scratch.loose().roomUpTo(grouping, grouped, count, choice.mostRunBytes());
      if (grouped < kept) {
        scratch.loose().add(batch, rows, grouped, kept, grouping);
      }
      if (kept < count) {
        full = true;
        rows.count = count;
        rows.drop(kept);
        group(batch, rows);
      }
    }

    private void group(Batch batch, BatchRows rows) {
      groups.grouping().assign(batch, rows);
      update(batch, rows);
    }

    private void update(Batch batch, BatchRows rows) {
      if (spill != null) {
        spill.add(batch, rows);
        return;
      }
      groups.states().resize(groups.grouping().groupCount(), false);
      groups.states().update(batch, rows, scratch.arguments);
    }

    @Override
    public void end() {
      PartedRows loose =
          loosened && loosening != null
              ? scratch.loose().part(loosening, looseParts, region)
              : null;
      scratches.add(scratch);
      if (spill == null) {
        groups.states().seal(groups.grouping().groupCount());
        chunkEnded(number, new EndedChunk(groups, null, loose));
        return;
      }
      try (spill) {
        SpilledRows spilled = spill.end(groups.grouping(), looseParts, region);
        groups.close();
        chunkEnded(number, new EndedChunk(null, spilled, loose));
      }
    }
  }
}
