package colonnade.engine.store.key;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.store.format.TableFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.LongPredicate;

/**
 * Which rows of one generation of a keyed table count: those that are the newest of their key and
 * no removals. An immutable value.
 *
 * @param bits a bit for each row, the least significant first, to the end of the last block
 * @param rowCount the rows
 * @param liveCount those that count
 */
public record LiveRows(MemorySegment bits, long rowCount, long liveCount) {
  /** The rows of {@code index} that count; costs a pass over the index. */
  public static LiveRows of(KeyIndex index, LongPredicate isRemoval) {
    MemorySegment bits = allocate(index.rowCount());
    index.forEachStored(row -> set(bits, row, true));
    index.forEachNewer(row -> {
      long before = index.storedTwin(row);
      if (before >= 0) {
        set(bits, before, false);
      }
      if (!isRemoval.test(row)) {
        set(bits, row, true);
      }
    });
    return counted(bits, index.rowCount());
  }

  /**
   * The rows that count when more follow, of which no two have one key.
   *
   * @param index that of these rows
   * @param all the keys of these rows and of those that follow
   * @param isRemoval asked of the rows that follow, by their numbers among all
   */
  public LiveRows followedBy(
      long newRowCount, KeyIndex index, KeyRows all, LongPredicate isRemoval) {
    MemorySegment more = allocate(newRowCount);
    MemorySegment.copy(bits, 0, more, 0, bits.byteSize());
    for (long row = rowCount; row < newRowCount; row++) {
      long before = index.find(all, row);
      if (before >= 0) {
        set(more, before, false);
      }
      if (!isRemoval.test(row)) {
        set(more, row, true);
      }
    }
    return counted(more, newRowCount);
  }

  private static MemorySegment allocate(long rowCount) {
    long blocks = (rowCount + TableFormat.BLOCK_ROWS - 1) / TableFormat.BLOCK_ROWS;
    return Arena.ofAuto().allocate(Math.max(1, blocks) * TableFormat.BLOCK_ROWS / 8, 64);
  }

  private static LiveRows counted(MemorySegment bits, long rowCount) {
    long live = 0;
    for (long at = 0; at < bits.byteSize(); at += 8) {
      live += Long.bitCount(bits.get(JAVA_LONG_UNALIGNED, at));
    }
    return new LiveRows(bits, rowCount, live);
  }

  private static void set(MemorySegment bits, long row, boolean value) {
    byte old = bits.get(JAVA_BYTE, row >> 3);
    int mask = 1 << (row & 7);
    bits.set(JAVA_BYTE, row >> 3, (byte) (value ? old | mask : old & ~mask));
  }

  /**
   * The slots of an index of these rows.
   *
   * @param renumbered whether the rows have the numbers that they will have when only they are left
   */
  public MemorySegment index(KeyRows rows, boolean renumbered, Arena arena) {
    KeySlots slots = KeySlots.allocate(KeySlots.countFor(liveCount), arena);
    long next = 0;
    for (long at = 0; at < bits.byteSize(); at += 8) {
      long word = bits.get(JAVA_LONG_UNALIGNED, at);
      while (word != 0) {
        long row = 8 * at + Long.numberOfTrailingZeros(word);
        slots.add(rows.hash(row), renumbered ? next : row);
        next++;
        word &= word - 1;
      }
    }
    return slots.memory();
  }
}
