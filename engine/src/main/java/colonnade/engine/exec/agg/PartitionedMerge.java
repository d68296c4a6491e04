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
  /** Groups of all chunks in a part, about: what stays in a core's cache. */
  private static final int PART_GROUPS = 1 << 15;

  private static final int MOST_PARTS = 1 << 10;

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
    long total = chunks.stream().mapToLong(c -> c.grouping().groupCount()).sum();
    int parts = 1;
    while (parts < MOST_PARTS && (long) parts * PART_GROUPS < total) {
      parts *= 2;
    }
    int partCount = parts;
    int shift = 64 - Integer.numberOfTrailingZeros(parts);
    PartedGroups[] parted = new PartedGroups[chunks.size()];
    Parallel.run(
        context,
        parted.length,
        c -> parted[(int) c] = PartedGroups.of(chunks.get((int) c).grouping(), partCount, shift));
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
      most = Math.max(most, groups.starts[part + 1] - groups.starts[part]);
    }
    ChunkGroups result = ChunkGroups.of(choice, set, most, context, region);
    Grouping grouping = result.grouping();
    GroupStates states = result.states();
    int[] numbers = new int[most];
    for (int c = 0; c < parted.length; c++) {
      PartedGroups groups = parted[c];
      int start = groups.starts[part];
      int count = groups.starts[part + 1] - start;
      grouping.add(chunks.get(c).grouping(), groups.order, start, count, numbers);
      states.resize(grouping.groupCount(), false);
      states.merge(chunks.get(c).states(), groups.order, start, numbers, count);
    }
    return result;
  }

  /** The groups of a chunk in the order of their parts, within a part as they were numbered. */
  private record PartedGroups(int[] order, int[] starts) {
    static PartedGroups of(Grouping grouping, int parts, int shift) {
      int count = grouping.groupCount();
      int[] order = new int[count];
      int[] starts = new int[parts + 1];
      if (parts == 1) {
        Arrays.setAll(order, i -> i);
        starts[1] = count;
        return new PartedGroups(order, starts);
      }
      for (int group = 0; group < count; group++) {
        starts[(int) (grouping.hash(group) >>> shift) + 1]++;
      }
      for (int part = 0; part < parts; part++) {
        starts[part + 1] += starts[part];
      }
      for (int group = 0; group < count; group++) {
        order[starts[(int) (grouping.hash(group) >>> shift)]++] = group;
      }
      System.arraycopy(starts, 0, starts, 1, parts);
      starts[0] = 0;
      return new PartedGroups(order, starts);
    }
  }
}
