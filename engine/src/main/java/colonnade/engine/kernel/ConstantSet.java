package colonnade.engine.kernel;

import java.util.Arrays;

/**
 * A fixed set of longs to look up: open addressing in so many slots that nearly every look-up ends
 * at the first one. Immutable; safe for all threads.
 */
public final class ConstantSet {
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  /** Sets of up to so many elements have 32 to 64 slots for each, larger ones 8 to 16. */
  private static final int SMALL = 256;

  private final long[] slots;
  private final int shift;

  /** What free slots hold: no element. */
  private final long absent;

  /** A set of these, at most 2^26; repeats are fine. */
  public ConstantSet(long[] elements) {
    int room = elements.length <= SMALL ? 64 : 16;
    int capacity =
        Math.toIntExact((long) room * Integer.highestOneBit(Math.max(1, elements.length)));
    shift = Long.numberOfLeadingZeros(capacity) + 1;
    slots = new long[capacity];
    absent = notAmong(elements);
    Arrays.fill(slots, absent);
    for (long element : elements) {
      slots[slot(element)] = element;
    }
  }

  private static long notAmong(long[] elements) {
    long[] sorted = elements.clone();
    Arrays.sort(sorted);
    long free = 0;
    while (Arrays.binarySearch(sorted, free) >= 0) {
      free++;
    }
    return free;
  }

  /** Whether {@code x} is an element. */
  public boolean contains(long x) {
    return slots[slot(x)] == x & x != absent;
  }

  /** Where {@code x} is or would be. */
  private int slot(long x) {
    long[] s = slots;
    int at = (int) (x * MULTIPLIER >>> shift);
    while (s[at] != x && s[at] != absent) {
      at = at + 1 & s.length - 1;
    }
    return at;
  }
}
