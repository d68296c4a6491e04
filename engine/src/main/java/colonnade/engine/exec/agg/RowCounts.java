package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;

/** The rows of each group: what {@code count()} gives. */
final class RowCounts {
  private final HeapUse heap;
  private long[] counts = new long[0];

  RowCounts(HeapUse heap) {
    this.heap = heap;
  }

  /** The rows of {@code group}. */
  long count(int group) {
    return counts[group];
  }

  /** Takes the groups of the next rows. */
  void update(int[] groups, int count) {
    long[] c = counts;
    for (int i = 0; i < count; i++) {
      c[groups[i]]++;
    }
  }

  /** Takes more rows of one group. */
  void add(int group, long rowCount) {
    counts[group] += rowCount;
  }

  /** As {@link Accumulator#resize}. */
  void resize(int capacity) {
    counts = heap.grow(counts, capacity);
  }

  /** As {@link Accumulator#merge}. */
  void merge(RowCounts next, int[] from, int start, int[] to, int count) {
    long[] other = next.counts;
    for (int i = 0; i < count; i++) {
      counts[to[i]] += other[from[start + i]];
    }
  }
}
