package colonnade.engine.exec.agg;

import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.hash.HeapUse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Groups and their states: of one chunk, or of a part of the groups of all. Closing gives back the
 * memory that both are counted for.
 *
 * @param own memory that is freed with them, or null
 */
record ChunkGroups(
    Grouping grouping, GroupStates states, HeapUse heap, QueryMemory.@Nullable Region own)
    implements AutoCloseable {
  /** No groups yet; where groups are fixed, none that has rows. */
  static ChunkGroups of(
      GroupingChoice choice,
      AggregateSet set,
      int expectedGroups,
      QueryContext context,
      QueryMemory.Region region) {
    HeapUse heap = new HeapUse(context);
    Grouping grouping = choice.create(expectedGroups, heap, region);
    GroupStates states = new GroupStates(context, set, heap, region, FloatSum.lanes(grouping));
    if (grouping.isFixed()) {
      states.resize(grouping.groupCount(), true);
    }
    return new ChunkGroups(grouping, states, heap, null);
  }

  /** The same, which free {@code region} with them. */
  ChunkGroups owning(QueryMemory.Region region) {
    return new ChunkGroups(grouping, states, heap, region);
  }

  /** The groups that have rows; the only one of a grouping without keys has, even without. */
  int[] presentGroups() {
    int groupCount = grouping.groupCount();
    int[] present = new int[groupCount];
    int count = 0;
    for (int group = 0; group < groupCount; group++) {
      if (groupCount == 1 || states.rowCount(group) > 0) {
        present[count++] = group;
      }
    }
    return count == groupCount ? present : Arrays.copyOf(present, count);
  }

  @Override
  public void close() {
    heap.close();
    if (own != null) {
      own.close();
    }
  }
}
