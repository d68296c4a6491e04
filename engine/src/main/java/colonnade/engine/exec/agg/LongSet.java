package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.Hash;
import java.util.Arrays;

/** Distinct longs, for one use after the other. Not thread-safe. */
final class LongSet {
  private long[] slots = new long[64];
  private int mask;
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
    return true;
  }

  /** The number of values. */
  int size() {
    return size;
  }
}
