package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The slots that a chunk has seen, in the order in which it first met them, where the keys' domains
 * are small enough for slots. Used by one worker.
 */
final class FirstSlots {
  private final int[] keys;
  private final SlotGrouping grouping;
  private final Batch keyColumns;
  private final BatchRows rows = new BatchRows();
  private final BitSet seen;
  private int[] slots = new int[16];
  private int size;

  /** No slots yet; {@code keys} are positions in the batches. */
  FirstSlots(int[] keys, GroupingChoice.Slots choice) {
    this.keys = keys;
    this.grouping = new SlotGrouping(choice.domains());
    this.keyColumns = new Batch(keys.length);
    this.seen = new BitSet(choice.slots());
  }

  /** Writes the rows of {@code batch} with slots not seen before to {@code fresh}; how many. */
  int add(Batch batch, int[] fresh) {
    keyColumns.follow(batch);
    for (int k = 0; k < keys.length; k++) {
      keyColumns.link(k, batch, keys[k]);
    }
    rows.take(keyColumns, 0);
    grouping.assign(keyColumns, rows);
    int count = 0;
    for (int i = 0; i < rows.count; i++) {
      int slot = rows.groups[i];
      if (!seen.get(slot)) {
        seen.set(slot);
        fresh[count++] = rows.rows == null ? i : rows.rows[i];
        if (size == slots.length) {
          slots = Arrays.copyOf(slots, 2 * size);
        }
        slots[size++] = slot;
      }
    }
    return count;
  }

  /** The number of slots. */
  int size() {
    return size;
  }

  /** Marks in {@code kept} the slots that {@code before} lacks, and adds them to it. */
  void keepNew(BitSet before, byte[] kept) {
    for (int i = 0; i < size; i++) {
      if (!before.get(slots[i])) {
        before.set(slots[i]);
        kept[i] = 1;
      }
    }
  }
}
