package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.exec.hash.Hash;
import colonnade.engine.exec.hash.HeapUse;

/**
 * Groups by one key of fixed width whose rows come in order and are never null: equal keys follow
 * each other, so that a key begins a group where it differs from the one before. If statistics said
 * so wrongly, a key has several groups.
 */
final class RunGrouping implements Grouping {
  private final HeapUse heap;
  private final long[] cells = new long[Sizes.BATCH_ROWS];
  private long[] keys;
  private int size;

  RunGrouping(int expectedGroups, HeapUse heap) {
    this.heap = heap;
    this.keys = heap.grow(new long[0], Math.max(16, expectedGroups));
  }

  @Override
  public void assign(Batch batch, BatchRows rows) {
    Cells.comparable(batch.vector(0), rows.rows, rows.count, cells);
    int[] groups = rows.groups;
    reserve(rows.count);
    long[] k = keys;
    int last = size - 1;
    long lastKey = last < 0 ? 0 : k[last];
    for (int i = 0; i < rows.count; i++) {
      long key = cells[i];
      if (key != lastKey || last < 0) {
        k[++last] = key;
        lastKey = key;
      }
      groups[i] = last;
    }
    size = last + 1;
  }

  /** Makes room for {@code count} more groups. */
  private void reserve(int count) {
    if (size + count > keys.length) {
      keys = heap.grow(keys, Math.max(size + count, (int) Math.min(2L * size, 1 << 30)));
    }
  }

  @Override
  public int groupCount() {
    return size;
  }

  @Override
  public long hash(int group) {
    return Hash.of(keys[group]);
  }

  @Override
  public void add(
      Grouping next, int[] groups, int start, int count, boolean lasting, int[] numbers) {
    long[] other = ((RunGrouping) next).keys;
    reserve(count);
    for (int i = 0; i < count; i++) {
      long key = other[groups[start + i]];
      if (size == 0 || keys[size - 1] != key) {
        keys[size++] = key;
      }
      numbers[i] = size - 1;
    }
  }

  @Override
  public void clear() {
    size = 0;
  }

  @Override
  public void write(int key, int[] groups, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      out.setCell(i, keys[groups[i]]);
    }
  }
}
