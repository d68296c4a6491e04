package colonnade.engine.store.key;

import java.lang.foreign.Arena;

/**
 * Keys and their newest rows in memory outside the heap, which grows with them. Owned by whoever
 * made it, who closes it. Used by one thread at a time.
 */
public final class NewestRows implements AutoCloseable {
  private Arena arena = Arena.ofShared();
  private KeySlots slots;
  private long keyCount;

  /** A table with room for so many keys; more are fine. */
  public NewestRows(long keys) {
    slots = KeySlots.allocate(KeySlots.countFor(keys), arena);
  }

  /** Keys so far. */
  public long keyCount() {
    return keyCount;
  }

  /** The newest row of a key, or -1. */
  public long find(long hash, KeyRows probe, long probeRow, KeyRows rows) {
    long at = slots.find(hash, probe, probeRow, rows);
    return at < 0 ? -1 : slots.row(at);
  }

  /** Makes {@code row} the newest of its key; returns the one before it, or -1. */
  public long put(long row, KeyRows rows) {
    if (3 * (keyCount + 1) > 2 * slots.count()) {
      grow(3 * keyCount + 64, rows);
    }
    long hash = rows.hash(row);
    long at = slots.find(hash, rows, row, rows);
    long before = at < 0 ? -1 : slots.row(at);
    slots.set(at < 0 ? ~at : at, hash, row);
    keyCount += at < 0 ? 1 : 0;
    return before;
  }

  /** Makes room for so many rows at once. */
  public void reserve(long moreRows, KeyRows rows) {
    if (3 * (keyCount + moreRows) > 2 * slots.count()) {
      grow(keyCount + moreRows, rows);
    }
  }

  private void grow(long keys, KeyRows rows) {
    Arena larger = Arena.ofShared();
    KeySlots more = KeySlots.allocate(KeySlots.countFor(keys), larger);
    forEach(row -> more.add(rows.hash(row), row));
    arena.close();
    arena = larger;
    slots = more;
  }

  /** The newest row of each key, in no order. */
  void forEach(java.util.function.LongConsumer action) {
    for (long at = 0; at < slots.count(); at++) {
      long row = slots.row(at);
      if (row >= 0) {
        action.accept(row);
      }
    }
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
