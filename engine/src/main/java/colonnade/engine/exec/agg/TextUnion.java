package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.TextPool;
import java.util.Arrays;

/**
 * Distinct texts of several pools, where they lie. For one use after the other; not thread-safe.
 */
final class TextUnion {
  private TextPool[] pools = new TextPool[64];
  private int[] ids = new int[64];
  private int[] slots = new int[256];
  private int size;

  /** Empties the union. */
  void clear() {
    Arrays.fill(slots, 0);
    size = 0;
  }

  /** Adds string {@code id} of {@code pool}. */
  void add(TextPool pool, int id) {
    int mask = slots.length - 1;
    int slot = (int) pool.hash(id) & mask;
    for (; slots[slot] != 0; slot = slot + 1 & mask) {
      int at = slots[slot] - 1;
      if (pools[at].isSame(ids[at], pool, id)) {
        return;
      }
    }
    if (size == ids.length) {
      pools = Arrays.copyOf(pools, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
    }
    pools[size] = pool;
    ids[size++] = id;
    slots[slot] = size;
    if (2 * size > slots.length) {
      rehash();
    }
  }

  /** The number of texts. */
  int size() {
    return size;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int at = 0; at < size; at++) {
      int slot = (int) pools[at].hash(ids[at]) & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = at + 1;
    }
  }
}
