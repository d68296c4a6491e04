package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;
import java.util.Arrays;

/**
 * The n largest values of each group, NaN skipped. A group that has fewer takes a row for each; one
 * that has none takes one row, null. Floating point as {@link Ordered} codes.
 *
 * <p>A group's values are a heap with the least on top, in an array that grows up to n.
 */
final class Largest extends Accumulator {
  private final HeapUse heap;
  private final int n;
  private final boolean floating;
  private long[][] tops = new long[0][];
  private int[] sizes = new int[0];

  /** What a value must exceed to be taken: the least of n; until there are n, nothing. */
  private long[] bars = new long[0];

  Largest(HeapUse heap, int n, boolean floating) {
    this.heap = heap;
    this.n = n;
    this.floating = floating;
  }

  @Override
  void resize(int capacity) {
    heap.reserve(8L * (capacity - tops.length));
    tops = Arrays.copyOf(tops, capacity);
    sizes = heap.grow(sizes, capacity);
    bars = heap.grow(bars, capacity, Long.MIN_VALUE);
  }

  @Override
  void update(ArgumentValues values) {
    int[] groups = values.groups;
    if (floating) {
      double[] doubles = values.doubles();
      for (int i = 0; i < values.count; i++) {
        double value = doubles[i];
        long code = Ordered.of(value);
        if (code >= bars[groups[i]] && !Double.isNaN(value)) {
          add(groups[i], code);
        }
      }
    } else {
      long[] longs = values.longs();
      for (int i = 0; i < values.count; i++) {
        if (longs[i] >= bars[groups[i]]) {
          add(groups[i], longs[i]);
        }
      }
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    Largest other = (Largest) next;
    for (int i = 0; i < count; i++) {
      int source = from[start + i];
      int target = to[i];
      int size = other.sizes[source];
      if (size > 0 && sizes[target] == 0) {
        heap.reserve(16 + 8L * size);
        tops[target] = Arrays.copyOf(other.tops[source], size);
        sizes[target] = size;
        bars[target] = other.bars[source];
        continue;
      }
      for (int k = 0; k < size; k++) {
        long value = other.tops[source][k];
        if (value >= bars[target]) {
          add(target, value);
        }
      }
    }
  }

  @Override
  void complete(int first, int end) {
    for (int group = first; group < end; group++) {
      if (sizes[group] > 1) {
        Arrays.sort(tops[group], 0, sizes[group]);
      }
    }
  }

  @Override
  int rowsOf(int group) {
    return Math.max(1, sizes[group]);
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      int at = sizes[group] - 1 - ordinals[i];
      if (at < 0) {
        out.setNull(i);
      } else if (floating) {
        out.setDouble(i, Ordered.toDouble(tops[group][at]));
      } else {
        out.setLong(i, tops[group][at]);
      }
    }
  }

  private void add(int group, long value) {
    int size = sizes[group];
    long[] top = tops[group];
    if (size == n) {
      top[0] = value;
      sink(top, size);
      bars[group] = top[0];
      return;
    }
    if (top == null || size == top.length) {
      int length = Math.min(n, Math.max(2, size * 2));
      heap.reserve(top == null ? 16 + 8L * length : 8L * (length - size));
      top = top == null ? new long[length] : Arrays.copyOf(top, length);
      tops[group] = top;
    }
    int at = size;
    while (at > 0 && top[at - 1 >> 1] > value) {
      top[at] = top[at - 1 >> 1];
      at = at - 1 >> 1;
    }
    top[at] = value;
    sizes[group] = size + 1;
    if (size + 1 == n) {
      bars[group] = top[0];
    }
  }

  private static void sink(long[] top, int size) {
    long value = top[0];
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && top[child + 1] < top[child]) {
        child++;
      }
      if (top[child] >= value) {
        break;
      }
      top[at] = top[child];
      at = child;
    }
    top[at] = value;
  }
}
