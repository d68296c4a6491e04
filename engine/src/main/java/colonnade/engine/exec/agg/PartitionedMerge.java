package colonnade.engine.exec.agg;

import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import java.util.List;

/**
 * Merges chunks: parts their groups by the hash of their keys, so that the parts can be merged side
 * by side. A part takes the groups of all chunks in chunk order, then their loose rows in row
 * order. The number of parts depends on the data alone.
 */
final class PartitionedMerge {
  private final QueryContext context;
  private final GroupingChoice choice;
  private final AggregateSet set;
  private final QueryMemory.Region region;
  private final List<EndedChunk> chunks;
  private final PartedGroups[] parted;
  private final int partCount;
  private final int spilledParts;
  private final boolean spilled;

  /**
   * Parts the groups of {@code chunks}, at least one.
   *
   * @param looseParts the parts that loose rows and spilled ones are in
   */
  PartitionedMerge(
      QueryContext context,
      GroupingChoice choice,
      AggregateSet set,
      QueryMemory.Region region,
      List<EndedChunk> chunks,
      int looseParts) {
    this.context = context;
    this.choice = choice;
    this.set = set;
    this.region = region;
    this.chunks = chunks;
    this.parted = new PartedGroups[chunks.size()];
    boolean loose = chunks.stream().anyMatch(chunk -> chunk.loose() != null);
    long groupCount = chunks.stream().mapToLong(EndedChunk::groupCount).sum();
    this.spilled = chunks.stream().anyMatch(chunk -> chunk.spilled() != null);
    this.spilledParts = looseParts;
    this.partCount = loose ? looseParts : Math.min(looseParts, PartedGroups.partsFor(groupCount));
    Parallel.run(
        context,
        parted.length,
        c -> {
          ChunkGroups groups = chunks.get((int) c).groups();
          parted[(int) c] =
              groups == null
                  ? PartedGroups.of(0, group -> 0, partCount)
                  : PartedGroups.of(
                      groups.grouping().groupCount(), groups.grouping()::hash, partCount);
        });
  }

  /** The number of parts. */
  int partCount() {
    return partCount;
  }

  /** Whether chunks are to be read that were spilled. */
  boolean readsSpilled() {
    return spilled;
  }

  /** Merges part {@code part}; for any thread. */
  ChunkGroups merge(int part) {
    if (!spilled) {
      return merge(part, region);
    }
    QueryMemory.Region own = context.memory().region();
    return merge(part, own).owning(own);
  }

  private ChunkGroups merge(int part, QueryMemory.Region memory) {
    int most = 0;
    int looseRows = 0;
    for (int c = 0; c < parted.length; c++) {
      most = Math.max(most, parted[c].count(part));
      PartedRows loose = chunks.get(c).loose();
      looseRows += loose == null ? 0 : loose.count(part);
    }
    ChunkGroups result = ChunkGroups.of(choice, set, Math.max(most, looseRows), context, memory);
    Grouping grouping = result.grouping();
    if (grouping instanceof LooseGrouping ofRows) {
      ofRows.ofPart(part);
    }
    GroupStates states = result.states();
    int[] numbers = new int[most];
    SpilledReader reader = spilled ? new SpilledReader(context, choice, set, memory) : null;
    try (reader) {
      for (int c = 0; c < parted.length; c++) {
        SpilledRows rows = chunks.get(c).spilled();
        if (rows != null && reader != null) {
          int width = spilledParts / partCount;
          SpilledReader.Groups read = reader.read(rows, part * width, (part + 1) * width);
          numbers = longer(numbers, read.order().length);
          add(
              result,
              read.grouping(),
              read.states(),
              read.order(),
              0,
              read.order().length,
              false,
              numbers);
        } else {
          ChunkGroups groups = chunks.get(c).kept();
          int start = parted[c].starts()[part];
          int count = parted[c].count(part);
          add(
              result,
              groups.grouping(),
              groups.states(),
              parted[c].order(),
              start,
              count,
              true,
              numbers);
        }
      }
    }
    if (looseRows > 0 && grouping instanceof LooseGrouping ofRows) {
      new LooseReader(ofRows, states).readAll(part);
      states.seal(grouping.groupCount());
    }
    return result;
  }

  private static void add(
      ChunkGroups to,
      Grouping grouping,
      GroupStates states,
      int[] order,
      int start,
      int count,
      boolean lasting,
      int[] numbers) {
    to.grouping().add(grouping, order, start, count, lasting, numbers);
    to.states().resize(to.grouping().groupCount(), false);
    to.states().merge(states, order, start, numbers, count);
  }

  private static int[] longer(int[] numbers, int count) {
    return numbers.length >= count ? numbers : new int[count * 2];
  }

  /** All parts, merged on all threads. */
  List<ChunkGroups> mergeAll() {
    ChunkGroups[] merged = new ChunkGroups[partCount];
    Parallel.run(context, partCount, part -> merged[(int) part] = merge((int) part));
    return List.of(merged);
  }

  /** Groups loose rows, a batch at a time. */
  private final class LooseReader {
    private final LooseGrouping grouping;
    private final GroupStates states;
    private final LooseBatch batch = new LooseBatch(ArgumentCells.of(set));
    private final List<ArgumentValues> arguments =
        set.arguments().stream().map(a -> new ArgumentValues(a, context.kernels())).toList();

    LooseReader(LooseGrouping grouping, GroupStates states) {
      this.grouping = grouping;
      this.states = states;
    }

    void readAll(int part) {
      for (EndedChunk chunk : chunks) {
        PartedRows loose = chunk.loose();
        if (loose != null) {
          read(loose, part);
        }
      }
      flush();
    }

    private void read(PartedRows loose, int part) {
      int end = loose.starts()[part + 1];
      for (int row = loose.starts()[part]; row < end; ) {
        row += batch.add(loose, row, end - row, grouping);
        if (batch.isFull()) {
          flush();
        }
      }
    }

    private void flush() {
      states.resize(grouping.groupCount(), false);
      states.update(batch, arguments);
      batch.clear();
    }
  }
}
