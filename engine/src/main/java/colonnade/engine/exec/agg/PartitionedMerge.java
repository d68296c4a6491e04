package colonnade.engine.exec.agg;

import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import java.util.Arrays;
import java.util.List;

/**
 * Merges the groups of chunks: parts them by the hash of their keys, so that the parts can be
 * merged side by side, each in chunk order. The number of parts depends on the number of groups
 * alone.
 */
final class PartitionedMerge {
  private final QueryContext context;
  private final GroupingChoice choice;
  private final AggregateSet set;
  private final QueryMemory.Region region;

  PartitionedMerge(
      QueryContext context, GroupingChoice choice, AggregateSet set, QueryMemory.Region region) {
    this.context = context;
    this.choice = choice;
    this.set = set;
    this.region = region;
  }

  /** The groups of all chunks, each in one part; chunks that are not needed any more are closed. */
  List<ChunkGroups> merge(List<ChunkGroups> chunks) {
    if (chunks.size() < 2) {
      return chunks;
    }
    int parts =
        PartedGroups.partsFor(chunks.stream().mapToLong(c -> c.grouping().groupCount()).sum());
    PartedGroups[] parted = new PartedGroups[chunks.size()];
    Parallel.run(
        context,
        parted.length,
        c -> {
          Grouping grouping = chunks.get((int) c).grouping();
          parted[(int) c] = PartedGroups.of(grouping.groupCount(), grouping::hash, parts);
        });
    ChunkGroups[] merged = new ChunkGroups[parts];
    Parallel.run(
        context, parts, part -> merged[(int) part] = mergePart(chunks, parted, (int) part));
    if (!set.collects()) {
      chunks.forEach(ChunkGroups::close);
    }
    return Arrays.asList(merged);
  }

  private ChunkGroups mergePart(List<ChunkGroups> chunks, PartedGroups[] parted, int part) {
    int most = 0;
    for (PartedGroups groups : parted) {
      most = Math.max(most, groups.count(part));
    }
    ChunkGroups result = ChunkGroups.of(choice, set, most, context, region);
    Grouping grouping = result.grouping();
    GroupStates states = result.states();
    int[] numbers = new int[most];
    for (int c = 0; c < parted.length; c++) {
      int[] order = parted[c].order();
      int start = parted[c].starts()[part];
      int count = parted[c].count(part);
      grouping.add(chunks.get(c).grouping(), order, start, count, numbers);
      states.resize(grouping.groupCount(), false);
      states.merge(chunks.get(c).states(), order, start, numbers, count);
    }
    return result;
  }
}
