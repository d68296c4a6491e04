package colonnade.engine.exec.hash;

/**
 * What a hash table holds at the places of some hashes, loaded before any of them is looked up: the
 * loads do not wait for one another, and bring the cache lines that the look-ups then need. What
 * was loaded may be out of date by then and is not used for anything else. Not thread-safe.
 */
final class Touched {
  /** As many hashes as are looked up at one time. */
  static final int STEP = 256;

  /** The hashes to look up. */
  final long[] hashes = new long[STEP];

  private final long[] found = new long[STEP];

  /** What was seen of entries, which nobody reads: else the compiler left the loads out. */
  private long seen;

  /** Loads the slots of the first {@code count} hashes. */
  void load(long[] slots, int count) {
    load(slots, hashes, 0, count);
  }

  /** Loads the slots of {@code others[from + i]} instead, for {@code i < count}. */
  void load(long[] slots, long[] others, int from, int count) {
    int mask = slots.length - 1;
    for (int i = 0; i < count; i++) {
      found[i] = slots[(int) others[from + i] & mask];
    }
  }

  /** Loads the entries, of {@code stride} longs, that are numbered in the slots loaded. */
  void loadEntries(long[] entries, int stride, int count) {
    long all = 0;
    int most = entries.length - 1;
    for (int i = 0; i < count; i++) {
      int id = (int) found[i] - 1;
      all ^= most < 0 ? 0 : entries[Math.min(most, Math.max(0, stride * id))];
    }
    seen = all;
  }
}
