package colonnade.engine.exec.agg;

import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.exec.hash.Hash;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.exec.hash.TextPool;
import colonnade.engine.exec.hash.TextReader;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exact numbers of distinct values. A chunk keeps each value of a group once; the chunks' values
 * are united at the end, group by group. Text is compared as text: numbers in the chunks' pools are
 * translated into those of one pool.
 */
final class DistinctCount extends Accumulator {
  /** Above this, values are first parted by their hash, so that each part's set stays in cache. */
  private static final int PARTED = 1 << 18;

  private static final int PARTS = 256;

  private final HeapUse heap;
  private final QueryMemory.Region region;
  private final boolean floating;
  private final @Nullable TextReader texts;
  private final CollectedCells values;
  private final Map<CollectedCells, TextPool> pools = new IdentityHashMap<>();
  private final long[] cells = new long[Sizes.BATCH_ROWS];
  private int capacity;
  private long[] counts = new long[0];

  DistinctCount(HeapUse heap, QueryMemory.Region region, boolean floating, boolean text) {
    this.heap = heap;
    this.region = region;
    this.floating = floating;
    this.values = new CollectedCells(heap, region);
    this.texts = text ? new TextReader(new TextPool(region, heap), true) : null;
    if (texts != null) {
      pools.put(values, texts.pool());
    }
  }

  @Override
  void resize(int newCapacity) {
    capacity = newCapacity;
    values.resize(newCapacity);
  }

  @Override
  void update(ArgumentValues argument) {
    if (texts != null) {
      texts.read(argument.vector(), argument.rows, argument.count, cells);
      values.add(argument.groups, cells, argument.count);
    } else if (floating) {
      for (int i = 0; i < argument.count; i++) {
        cells[i] = Cells.comparable(argument.doubles()[i]);
      }
      values.add(argument.groups, cells, argument.count);
    } else {
      values.add(argument.groups, argument.longs(), argument.count);
    }
  }

  @Override
  void seal(int groupCount) {
    LongSet set = new LongSet();
    values.seal(
        groupCount,
        (run, from, count) -> {
          if (count < 2) {
            return count;
          }
          set.clear(count);
          int kept = from;
          for (int i = from; i < from + count; i++) {
            if (set.add(run[i])) {
              run[kept++] = run[i];
            }
          }
          return kept - from;
        });
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    DistinctCount other = (DistinctCount) next;
    values.merge(other.values, from, start, to, count);
    pools.putAll(other.pools);
  }

  @Override
  void complete(int first, int end) {
    long[] out = counts();
    Union union = new Union();
    for (int group = first; group < end; group++) {
      out[group] = union.size(group);
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      out.setLong(i, counts[groups[i]]);
    }
  }

  private synchronized long[] counts() {
    if (counts.length < capacity) {
      counts = heap.grow(counts, capacity);
    }
    return counts;
  }

  /** Unites the runs of one group after the other. */
  private final class Union {
    private final LongSet set = new LongSet();
    private final @Nullable TextPool pool;
    private long[] all = new long[1024];
    private int size;

    Union() {
      pool = texts == null ? null : new TextPool(region, heap);
    }

    int size(int group) {
      long wanted = values.count(group);
      if (wanted > all.length) {
        all = new long[(int) Math.min(Integer.MAX_VALUE - 8, Math.max(wanted, 2L * all.length))];
      }
      size = 0;
      int[] runs = {0};
      values.forEachRun(
          group,
          (owner, from, count) -> {
            owner.copy(from, count, all, size);
            translate(owner, count);
            size += count;
            runs[0]++;
          });
      return runs[0] < 2 ? size : size > PARTED ? distinctInParts() : distinct(all, 0, size);
    }

    private void translate(CollectedCells owner, int count) {
      if (pool != null) {
        TextPool source = pools.get(owner);
        for (int i = size; source != null && i < size + count; i++) {
          all[i] = pool.add(source, (int) all[i]);
        }
      }
    }

    private int distinct(long[] from, int start, int end) {
      set.clear(end - start);
      for (int i = start; i < end; i++) {
        set.add(from[i]);
      }
      return set.size();
    }

    private int distinctInParts() {
      int[] ends = new int[PARTS + 1];
      for (int i = 0; i < size; i++) {
        ends[(int) (Hash.of(all[i]) >>> 56) + 1]++;
      }
      for (int part = 0; part < PARTS; part++) {
        ends[part + 1] += ends[part];
      }
      long[] parted = new long[size];
      for (int i = 0; i < size; i++) {
        parted[ends[(int) (Hash.of(all[i]) >>> 56)]++] = all[i];
      }
      int distinct = 0;
      for (int part = 0; part < PARTS; part++) {
        distinct += distinct(parted, part == 0 ? 0 : ends[part - 1], ends[part]);
      }
      return distinct;
    }
  }
}
