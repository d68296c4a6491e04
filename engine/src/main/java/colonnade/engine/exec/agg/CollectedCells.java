package colonnade.engine.exec.agg;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.hash.HeapUse;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * All values of each group, for aggregates that need them together. A chunk collects them in row
 * order on the heap; when it is sealed, it sorts them by group and moves them to native memory or,
 * where that is short, to a temporary file. What merges chunks only notes where the runs of each
 * group are.
 */
final class CollectedCells {
  private static final int NONE = -1;

  private final HeapUse heap;
  private final QueryMemory.Region region;
  private int capacity;

  // A chunk's: the values in row order until it is sealed.
  private int[] groups = new int[0];
  private long[] cells = new long[0];
  private int size;

  // A sealed chunk's: the values group by group, and where each group starts.
  private MemorySegment sealed = MemorySegment.NULL;
  private int[] starts = new int[0];

  // A merger's: the runs of each group as a chain.
  private final List<CollectedCells> owners = new ArrayList<>();
  private int[] firstRun = new int[0];
  private int[] lastRun = new int[0];
  private int[] runOwner = new int[0];
  private int[] runGroup = new int[0];
  private int[] nextRun = new int[0];
  private int runs;

  CollectedCells(HeapUse heap, QueryMemory.Region region) {
    this.heap = heap;
    this.region = region;
  }

  /** Makes room for groups {@code 0 .. newCapacity - 1}. */
  void resize(int newCapacity) {
    capacity = newCapacity;
    if (firstRun.length > 0) {
      growChains();
    }
  }

  /** Adds {@code count} values; null groups are all group 0. */
  void add(int[] valueGroups, long[] values, int count) {
    reserve(count);
    System.arraycopy(valueGroups, 0, groups, size, count);
    System.arraycopy(values, 0, cells, size, count);
    size += count;
  }

  /** Adds {@code count} doubles, as {@link Ordered} codes with one NaN, the greatest. */
  void add(int[] valueGroups, double[] values, int count) {
    reserve(count);
    System.arraycopy(valueGroups, 0, groups, size, count);
    for (int i = 0; i < count; i++) {
      double value = values[i];
      cells[size + i] = Double.isNaN(value) ? Ordered.GREATEST_NAN : Ordered.of(value);
    }
    size += count;
  }

  /**
   * Sorts the values by group, those of a group in row order, and lets {@code change} shorten the
   * run of each.
   */
  void seal(int groupCount, RunChange change) {
    starts = heap.grow(starts, groupCount + 1);
    if (groupCount == 1) {
      starts[1] = size;
    } else {
      sortByGroup(groupCount);
    }
    heap.reserve(-4L * groups.length);
    groups = new int[0];
    if (change != RunChange.NONE) {
      shortenRuns(change);
    }
    sealed = region.keep(cells, starts[groupCount]);
    heap.reserve(-8L * cells.length);
    cells = new long[0];
  }

  private void shortenRuns(RunChange change) {
    int kept = 0;
    for (int group = 0; group + 1 < starts.length; group++) {
      int from = starts[group];
      int count = change.shorten(cells, from, starts[group + 1] - from);
      System.arraycopy(cells, from, cells, kept, count);
      starts[group] = kept;
      kept += count;
    }
    starts[starts.length - 1] = kept;
  }

  /** Notes the runs of {@code next}, sealed. */
  void merge(CollectedCells next, int[] from, int start, int[] to, int count) {
    growChains();
    int owner = owners.size();
    owners.add(next);
    for (int i = 0; i < count; i++) {
      int source = from[start + i];
      if (next.starts[source] == next.starts[source + 1]) {
        continue;
      }
      if (runs == runOwner.length) {
        int length = Math.max(16, runs * 2);
        runOwner = heap.grow(runOwner, length);
        runGroup = heap.grow(runGroup, length);
        nextRun = heap.grow(nextRun, length);
      }
      runOwner[runs] = owner;
      runGroup[runs] = source;
      nextRun[runs] = NONE;
      int target = to[i];
      if (firstRun[target] == NONE) {
        firstRun[target] = runs;
      } else {
        nextRun[lastRun[target]] = runs;
      }
      lastRun[target] = runs++;
    }
  }

  /** Shows {@code reader} each run of {@code group}: its own, then the others' in chunk order. */
  void forEachRun(int group, RunReader reader) {
    if (group + 1 < starts.length && starts[group] < starts[group + 1]) {
      reader.read(this, starts[group], starts[group + 1] - starts[group]);
    }
    if (firstRun.length == 0) {
      return;
    }
    for (int run = firstRun[group]; run != NONE; run = nextRun[run]) {
      CollectedCells owner = owners.get(runOwner[run]);
      int from = owner.starts[runGroup[run]];
      reader.read(owner, from, owner.starts[runGroup[run] + 1] - from);
    }
  }

  /** The number of values of {@code group} in all runs. */
  long count(int group) {
    long count = group + 1 < starts.length ? starts[group + 1] - starts[group] : 0;
    if (firstRun.length == 0) {
      return count;
    }
    for (int run = firstRun[group]; run != NONE; run = nextRun[run]) {
      int[] ownerStarts = owners.get(runOwner[run]).starts;
      count += ownerStarts[runGroup[run] + 1] - ownerStarts[runGroup[run]];
    }
    return count;
  }

  /** Copies {@code count} values of a run from {@code from} on to {@code out}. */
  void copy(int from, int count, long[] out, int at) {
    MemorySegment.copy(sealed, JAVA_LONG, 8L * from, out, at, count);
  }

  /** Reads a run: {@code count} values of {@code owner} from {@code from} on. */
  @FunctionalInterface
  interface RunReader {
    void read(CollectedCells owner, int from, int count);
  }

  /** Rearranges a run and returns how many of its values, from its start on, are to stay. */
  @FunctionalInterface
  interface RunChange {
    /** Leaves all values where they are. */
    RunChange NONE = (cells, from, count) -> count;

    int shorten(long[] cells, int from, int count);
  }

  private void reserve(int count) {
    if (size + count > cells.length) {
      int length = Math.max(1024, Math.addExact(size, count) * 2);
      groups = heap.grow(groups, length);
      cells = heap.grow(cells, length);
    }
  }

  private void growChains() {
    if (firstRun.length < capacity) {
      firstRun = heap.grow(firstRun, capacity, NONE);
      lastRun = heap.grow(lastRun, capacity, NONE);
    }
  }

  private void sortByGroup(int groupCount) {
    int[] at = starts;
    for (int i = 0; i < size; i++) {
      at[groups[i] + 1]++;
    }
    for (int group = 0; group < groupCount; group++) {
      at[group + 1] += at[group];
    }
    long[] sorted = heap.grow(new long[0], size);
    // Moves each start to its group's end, which is the next group's start; then back by one.
    for (int i = 0; i < size; i++) {
      sorted[at[groups[i]]++] = cells[i];
    }
    System.arraycopy(at, 0, at, 1, groupCount);
    at[0] = 0;
    heap.reserve(-8L * cells.length);
    cells = sorted;
  }
}
