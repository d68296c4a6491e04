package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;

/**
 * The values of each group that are present in one argument: the group's rows less those without a
 * value, which alone are counted, and only once there are any. What {@code count_present} gives.
 */
final class ValueCounts {
  private final HeapUse heap;
  private final RowCounts rows;
  private long[] missing = new long[0];
  private int capacity;

  ValueCounts(HeapUse heap, RowCounts rows) {
    this.heap = heap;
    this.rows = rows;
  }

  /** Values present in {@code group}. */
  long count(int group) {
    return rows.count(group) - (group < missing.length ? missing[group] : 0);
  }

  /** A row of {@code group} has no value. */
  void addMissing(int group) {
    addMissing(group, 1);
  }

  /** So many rows of {@code group} have no value. */
  void addMissing(int group, int count) {
    if (group >= missing.length) {
      missing = heap.grow(missing, capacity);
    }
    missing[group] += count;
  }

  /** As {@link Accumulator#resize}. */
  void resize(int newCapacity) {
    capacity = newCapacity;
    if (missing.length > 0) {
      missing = heap.grow(missing, newCapacity);
    }
  }

  /** As {@link Accumulator#merge}. */
  void merge(ValueCounts next, int[] from, int start, int[] to, int count) {
    long[] other = next.missing;
    if (other.length == 0) {
      return;
    }
    if (missing.length < capacity) {
      missing = heap.grow(missing, capacity);
    }
    for (int i = 0; i < count; i++) {
      int source = from[start + i];
      missing[to[i]] += source < other.length ? other[source] : 0;
    }
  }
}
