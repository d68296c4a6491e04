package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.Hash;
import java.util.Arrays;

/** Distinct longs, for one use after the other; grows as it must. Not thread-safe. */
final class LongSet {
  private long[] slots = new long[64];
  private int mask = slots.length - 1;
  private boolean hasZero;
  private int size;

  /** Empties the set and makes room for {@code count} values. */
  void clear(int count) {
    int capacity = Integer.highestOneBit(Math.clamp(count, 8, 1 << 28)) * 4;
    if (capacity > slots.length) {
      slots = new long[capacity];
    } else {
      Arrays.fill(slots, 0, capacity, 0);
    }
    mask = capacity - 1;
    hasZero = false;
    size = 0;
  }

  /** Adds a value; whether it is new. */
  boolean add(long value) {
    if (value == 0) {
      boolean added = !hasZero;
      hasZero = true;
      size += added ? 1 : 0;
      return added;
    }
    int slot = (int) Hash.of(value) & mask;
    while (slots[slot] != 0) {
      if (slots[slot] == value) {
        return false;
      }
      slot = slot + 1 & mask;
    }
    slots[slot] = value;
    size++;
    if (size > mask >> 1) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] old = slots;
    int used = mask + 1;
    slots = new long[2 * used];
    mask = slots.length - 1;
    for (int i = 0; i < used; i++) {
      if (old[i] != 0) {
        int slot = (int) Hash.of(old[i]) & mask;
        while (slots[slot] != 0) {
          slot = slot + 1 & mask;
        }
        slots[slot] = old[i];
      }
    }
  }

  /** The number of values. */
  int size() {
    return size;
  }
}
