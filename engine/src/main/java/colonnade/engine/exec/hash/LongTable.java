package colonnade.engine.exec.hash;

import colonnade.error.MemoryBudgetException;
import java.util.Arrays;

/**
 * Distinct 64-bit keys, numbered from 0 in the order they came: open addressing with linear
 * probing. One thread adds; afterwards any number of threads may look up.
 */
public final class LongTable {
  private final HeapUse heap;
  private long[] keys = new long[0];
  private int size;

  /** Pairs of a key and its number + 1; a number of 0 is a free slot. */
  private long[] slots;

  /** A table that holds {@code expectedSize} keys before it grows. */
  public LongTable(int expectedSize, HeapUse heap) {
    this.heap = heap;
    long capacity = Long.highestOneBit(2L * Math.max(8, expectedSize) - 1) * 2;
    this.slots = heap.grow(new long[0], slotLongs(capacity * 2));
    this.keys = heap.grow(keys, expectedSize);
  }

  /** The number of keys. */
  public int size() {
    return size;
  }

  /** Forgets all keys and keeps the memory. */
  public void clear() {
    Arrays.fill(slots, 0);
    size = 0;
  }

  /** Key number {@code id}. */
  public long key(int id) {
    return keys[id];
  }

  /** Writes the numbers of {@code count} keys to {@code ids}; new ones are added in order. */
  public void add(long[] wanted, int count, int[] ids) {
    addUpTo(wanted, 0, count, ids, Integer.MAX_VALUE);
  }

  /**
   * As {@link #add} for keys {@code from .. end - 1}, but stops before the one that would be number
   * {@code limit}.
   *
   * @return the first key that was not done, or {@code end}
   */
  public int addUpTo(long[] wanted, int from, int end, int[] ids, int limit) {
    long[] s = slots;
    int mask = s.length - 2;
    for (int i = from; i < end; i++) {
      long key = wanted[i];
      int slot = (int) Hash.of(key) << 1 & mask;
      while (true) {
        int id = (int) s[slot + 1] - 1;
        if (id < 0) {
          if (size == limit) {
            return i;
          }
          ids[i] = size;
          insert(slot, key);
          s = slots;
          mask = s.length - 2;
          break;
        }
        if (s[slot] == key) {
          ids[i] = id;
          break;
        }
        slot = slot + 2 & mask;
      }
    }
    return end;
  }

  /** The number of {@code key}, or -1. */
  public int find(long key) {
    int mask = slots.length - 2;
    int slot = (int) Hash.of(key) << 1 & mask;
    while (true) {
      int id = (int) slots[slot + 1] - 1;
      if (id < 0 || slots[slot] == key) {
        return id;
      }
      slot = slot + 2 & mask;
    }
  }

  private void insert(int slot, long key) {
    if (size == keys.length) {
      keys = heap.grow(keys, (int) Math.min(Math.max(16, size * 2L), Integer.MAX_VALUE - 8));
    }
    keys[size] = key;
    slots[slot] = key;
    slots[slot + 1] = size + 1;
    size++;
    if (size * 4L > slots.length) {
      rehash();
    }
  }

  private void rehash() {
    long[] larger = heap.grow(new long[0], slotLongs(slots.length * 2L));
    int mask = larger.length - 2;
    for (int id = 0; id < size; id++) {
      int slot = (int) Hash.of(keys[id]) << 1 & mask;
      while (larger[slot + 1] != 0) {
        slot = slot + 2 & mask;
      }
      larger[slot] = keys[id];
      larger[slot + 1] = id + 1;
    }
    heap.reserve(-8L * slots.length);
    slots = larger;
  }

  private static int slotLongs(long wanted) {
    if (wanted > 1 << 30) {
      throw new MemoryBudgetException(
          "query",
          "more than " + (1 << 28) + " distinct keys in one table",
          "Filter the input first, or group it by fewer keys.");
    }
    return (int) wanted;
  }
}
