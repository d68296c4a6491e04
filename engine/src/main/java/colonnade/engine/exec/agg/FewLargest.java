package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;

/**
 * As {@link Largest} for a small n: the values of all groups side by side in one array, n places
 * each, the largest first.
 */
final class FewLargest extends Accumulator {
  /** The largest n that is kept so; beyond, shifting values costs more than a heap. */
  static final int MOST = 8;

  private final HeapUse heap;
  private final int n;
  private final boolean floating;
  private long[] tops = new long[0];
  private byte[] sizes = new byte[0];

  FewLargest(HeapUse heap, int n, boolean floating) {
    this.heap = heap;
    this.n = n;
    this.floating = floating;
  }

  @Override
  void resize(int capacity) {
    // A place without a value has the least code, which as a value changes nothing but the size.
    tops = heap.grow(tops, Math.multiplyExact(capacity, n), Long.MIN_VALUE);
    sizes = heap.grow(sizes, capacity);
  }

  @Override
  void update(ArgumentValues values) {
    int[] groups = values.groups;
    long[] tops = this.tops;
    int last = n - 1;
    if (floating) {
      double[] doubles = values.doubles();
      for (int i = 0; i < values.count; i++) {
        double value = doubles[i];
        long code = Ordered.of(value);
        if (code >= tops[groups[i] * n + last] && !Double.isNaN(value)) {
          add(groups[i], code);
        }
      }
    } else {
      long[] longs = values.longs();
      for (int i = 0; i < values.count; i++) {
        if (longs[i] >= tops[groups[i] * n + last]) {
          add(groups[i], longs[i]);
        }
      }
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    FewLargest other = (FewLargest) next;
    for (int i = 0; i < count; i++) {
      int source = from[start + i];
      int first = source * n;
      for (int at = first; at < first + other.sizes[source]; at++) {
        if (other.tops[at] < tops[to[i] * n + n - 1]) {
          break;
        }
        add(to[i], other.tops[at]);
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
      if (ordinals[i] >= sizes[group]) {
        out.setNull(i);
      } else if (floating) {
        out.setDouble(i, Ordered.toDouble(tops[group * n + ordinals[i]]));
      } else {
        out.setLong(i, tops[group * n + ordinals[i]]);
      }
    }
  }

  /** Adds a value that is not less than the last. */
  private void add(int group, long value) {
    int first = group * n;
    int at = first + n - 1;
    while (at > first && tops[at - 1] < value) {
      tops[at] = tops[at - 1];
      at--;
    }
    tops[at] = value;
    if (sizes[group] < n) {
      sizes[group]++;
    }
  }
}
