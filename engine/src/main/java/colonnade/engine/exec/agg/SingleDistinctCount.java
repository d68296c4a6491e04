package colonnade.engine.exec.agg;

import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.exec.hash.Hash;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.exec.hash.TextPool;
import colonnade.engine.exec.hash.TextReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The exact number of distinct values of all rows. A chunk drops repeats at once as long as there
 * are many, and parts what it keeps by hash; the parts of all chunks are then united side by side,
 * so that a part's set stays in cache.
 */
final class SingleDistinctCount extends Accumulator {
  private static final int PART_BITS = 8;
  private static final int PARTS = 1 << PART_BITS;

  /** Tasks that unite the parts, with one set each. */
  private static final int TASKS = 16;

  /** Rows after which a chunk knows whether its values repeat. */
  private static final int SAMPLE_ROWS = 2 * Sizes.BATCH_ROWS;

  private final QueryContext context;
  private final HeapUse heap;
  private final QueryMemory.Region region;
  private final boolean floating;
  private final @Nullable TextReader texts;
  private final List<SingleDistinctCount> runs = new ArrayList<>();
  private @Nullable LongSet seen = new LongSet();
  private long[] values = new long[0];
  private int size;
  private long rowCount;
  private int[] starts = new int[PARTS + 1];
  private long count;

  SingleDistinctCount(
      QueryContext context,
      HeapUse heap,
      QueryMemory.Region region,
      boolean floating,
      boolean text) {
    this.context = context;
    this.heap = heap;
    this.region = region;
    this.floating = floating;
    this.texts = text ? new TextReader(new TextPool(region, heap), true) : null;
  }

  @Override
  void resize(int capacity) {}

  @Override
  void update(ArgumentValues argument) {
    int more = argument.count;
    if (size + more > values.length) {
      values = heap.grow(values, Math.max(1024, 2 * (size + more)));
    }
    if (texts != null) {
      // The pool has each text once; its numbers are all there is to know.
      texts.read(argument.vector(), argument.rows, more, values);
      return;
    }
    LongSet repeats = seen;
    long[] longs = floating ? new long[0] : argument.longs();
    for (int i = 0; i < more; i++) {
      long cell = floating ? Cells.comparable(argument.doubles()[i]) : longs[i];
      if (repeats == null || repeats.add(cell)) {
        values[size++] = cell;
      }
    }
    rowCount += more;
    if (rowCount >= SAMPLE_ROWS && size > rowCount / 2) {
      seen = null;
    }
  }

  @Override
  void seal(int groupCount) {
    seen = null;
    TextPool pool = pool();
    int all = pool == null ? size : pool.size();
    int[] at = new int[PARTS + 1];
    for (int i = 0; i < all; i++) {
      at[part(pool, i) + 1]++;
    }
    for (int p = 0; p < PARTS; p++) {
      at[p + 1] += at[p];
    }
    starts = at.clone();
    long[] parted = heap.grow(new long[0], all);
    for (int i = 0; i < all; i++) {
      parted[at[part(pool, i)]++] = pool == null ? values[i] : i;
    }
    heap.reserve(-8L * values.length);
    values = parted;
    size = all;
  }

  private int part(@Nullable TextPool pool, int i) {
    return (int) ((pool == null ? Hash.of(values[i]) : pool.hash(i)) >>> Long.SIZE - PART_BITS);
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int groupCount) {
    SingleDistinctCount other = (SingleDistinctCount) next;
    if (groupCount > 0) {
      runs.add(other);
      runs.addAll(other.runs);
    }
  }

  @Override
  void complete(int first, int end) {
    List<SingleDistinctCount> all = new ArrayList<>();
    all.add(this);
    all.addAll(runs);
    LongAdder distinct = new LongAdder();
    int width = PARTS / TASKS;
    Parallel.run(context, TASKS, task -> distinct.add(distinct(all, (int) task * width, width)));
    count = distinct.sum();
  }

  /** The distinct values of some parts of {@code all}. */
  private long distinct(List<SingleDistinctCount> all, int firstPart, int parts) {
    LongSet set = new LongSet();
    long distinct = 0;
    try (HeapUse own = new HeapUse(context)) {
      TextPool union = new TextPool(region, own);
      for (int part = firstPart; part < firstPart + parts; part++) {
        int most = 0;
        for (SingleDistinctCount run : all) {
          most = Math.max(most, run.starts[part + 1] - run.starts[part]);
        }
        set.clear(most);
        union.clear();
        int[] ids = new int[texts == null ? 0 : most];
        for (SingleDistinctCount run : all) {
          run.addTo(part, set, union, ids);
        }
        distinct += set.size() + union.size();
      }
    }
    return distinct;
  }

  /** Adds the values of {@code part}; {@code ids} has room for as many. */
  private void addTo(int part, LongSet set, TextPool union, int[] ids) {
    TextPool pool = pool();
    int first = starts[part];
    int some = starts[part + 1] - first;
    if (pool == null) {
      for (int i = 0; i < some; i++) {
        set.add(values[first + i]);
      }
      return;
    }
    for (int i = 0; i < some; i++) {
      ids[i] = (int) values[first + i];
    }
    union.add(pool, ids, 0, some, true, ids);
  }

  @Override
  void write(int[] groups, int[] ordinals, int rows, ResultColumn out) {
    for (int i = 0; i < rows; i++) {
      out.setLong(i, count);
    }
  }

  private @Nullable TextPool pool() {
    return texts == null ? null : texts.pool();
  }
}
