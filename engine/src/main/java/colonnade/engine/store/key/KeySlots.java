package colonnade.engine.store.key;

import colonnade.error.CorruptColumnException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * An open-addressing hash table from keys to rows, as it lies in a file: slots of 64 bits, 0 where
 * empty, else the row's number + 1 in the lower 40 bits and the lower 24 of its key's hash above. A
 * key's first slot is the upper half of the 128-bit product of hash and slot count; where that is
 * taken, the next is tried, and after the last the first. A view on memory of somebody else; never
 * full.
 *
 * @param memory the slots
 * @param count how many there are
 * @param rowLimit more than any row in them
 */
record KeySlots(MemorySegment memory, long count, long rowLimit) {
  static final int ROW_BITS = 40;
  private static final long ROW_MASK = (1L << ROW_BITS) - 1;
  private static final ValueLayout.OfLong SLOT =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Empty slots, in zeroed memory of {@code arena}. */
  static KeySlots allocate(long count, Arena arena) {
    return new KeySlots(arena.allocate(count * Long.BYTES, 64), count, Long.MAX_VALUE);
  }

  /** Slots for so many keys: two of three are taken then. */
  static long countFor(long keys) {
    return Math.max(16, keys + keys / 2 + 1);
  }

  /** The row in slot {@code at}; -1 if that is empty. */
  long row(long at) {
    return rowOf(memory.get(SLOT, at * Long.BYTES));
  }

  /** The row that a slot names; -1 if it is empty. */
  static long rowOf(long slot) {
    return (slot & ROW_MASK) - 1;
  }

  /**
   * The slot of the key of row {@code probeRow} of {@code probe}; if there is none, the complement
   * of the empty slot where it would go.
   *
   * @param rows the keys of the rows in the slots
   * @throws CorruptColumnException if the slots are damaged
   */
  long find(long hash, KeyRows probe, long probeRow, KeyRows rows) {
    long at = Math.unsignedMultiplyHigh(hash, count);
    long mark = hash << ROW_BITS;
    for (long tried = 0; tried < count; tried++) {
      long slot = memory.get(SLOT, at * Long.BYTES);
      if (slot == 0) {
        return ~at;
      }
      if ((slot ^ mark) >>> ROW_BITS == 0) {
        long row = (slot & ROW_MASK) - 1;
        if (row < 0 || row >= rowLimit) {
          throw damaged("names row " + row + " of " + rowLimit);
        }
        if (rows.same(row, probe, probeRow)) {
          return at;
        }
      }
      at = at + 1 == count ? 0 : at + 1;
    }
    throw damaged("has no empty slot");
  }

  static CorruptColumnException damaged(String problem) {
    return new CorruptColumnException(
        "the index of a keyed table",
        "the index of a keyed table is damaged: it " + problem,
        "Its rows are not affected. Run `colonnade verify` on the table, and restore it.");
  }

  /** Puts a row into a slot. */
  void set(long at, long hash, long row) {
    memory.set(SLOT, at * Long.BYTES, hash << ROW_BITS | row + 1);
  }

  /** Puts a row in whose key is in none of the slots. */
  void add(long hash, long row) {
    long at = Math.unsignedMultiplyHigh(hash, count);
    while (memory.get(SLOT, at * Long.BYTES) != 0) {
      at = at + 1 == count ? 0 : at + 1;
    }
    set(at, hash, row);
  }
}
