package colonnade.engine.store.key;

import colonnade.engine.store.Snapshot;
import colonnade.error.InvalidQueryException;
import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From a key of one generation to its newest row: the index file, mapped, for the rows it covers,
 * and a table in memory for those after them. Opening reads the keys of the latter only. Belongs to
 * whoever opened it, who closes it before the snapshot. Used by one thread at a time.
 */
public final class KeyIndex implements AutoCloseable {
  private final @Nullable KeySlots stored;
  private final long coveredRows;
  private final int columnId;
  private final NewestRows newer;
  private final KeyRows rows;
  private final long rowCount;

  private KeyIndex(
      @Nullable KeySlots stored,
      long coveredRows,
      int columnId,
      NewestRows newer,
      KeyRows rows,
      long rowCount) {
    this.stored = stored;
    this.coveredRows = coveredRows;
    this.columnId = columnId;
    this.newer = newer;
    this.rows = rows;
    this.rowCount = rowCount;
  }

  /**
   * The index of a generation.
   *
   * @throws InvalidQueryException if a row has no key
   * @throws colonnade.error.CorruptColumnException if the file is none for these rows
   */
  public static KeyIndex open(Snapshot snapshot, KeyNotes notes) {
    return follow(null, snapshot, notes);
  }

  /** The index of a later generation, which takes over what this one has; this is closed. */
  public KeyIndex movedTo(Snapshot next, KeyNotes notes) {
    // A table that was vacuumed meanwhile has new columns.
    boolean goesOn =
        columnId(next, notes) == columnId
            && notes.coveredRows() == coveredRows
            && next.rowCount() >= rowCount;
    if (!goesOn) {
      close();
    }
    return follow(goesOn ? this : null, next, notes);
  }

  private static int columnId(Snapshot snapshot, KeyNotes notes) {
    return snapshot.manifest().columns().get(notes.keyColumn()).id();
  }

  private static KeyIndex follow(@Nullable KeyIndex before, Snapshot snapshot, KeyNotes notes) {
    int column = notes.keyColumn();
    if (snapshot.statistics(column).nullCount() > 0) {
      throw new InvalidQueryException(
          "column '" + snapshot.schema().name(column) + "' of " + snapshot.name(),
          snapshot.name() + " has rows without a key",
          "Someone appended them as to any table. Filter them, and put the rest into a new one.");
    }
    KeyRows rows = KeyRows.of(snapshot.column(column));
    KeySlots stored = null;
    if (notes.coveredRows() > 0) {
      MemorySegment memory = snapshot.index(column);
      if (memory == null || memory.byteSize() < 8 || memory.byteSize() % 8 != 0) {
        throw KeySlots.damaged("has no file, or one of another length");
      }
      stored = new KeySlots(memory, memory.byteSize() / 8, notes.coveredRows());
    }
    long known = before == null ? notes.coveredRows() : before.rowCount;
    NewestRows newer = before == null ? new NewestRows(snapshot.rowCount() - known) : before.newer;
    KeyIndex index =
        new KeyIndex(
            stored,
            notes.coveredRows(),
            columnId(snapshot, notes),
            newer,
            rows,
            snapshot.rowCount());
    newer.reserve(snapshot.rowCount() - known, rows);
    for (long row = known; row < snapshot.rowCount(); row++) {
      newer.put(row, rows);
    }
    return index;
  }

  /** The newest row with a key, be it a removal; -1 if there is none. */
  public long find(KeyRows probe, long probeRow) {
    long hash = probe.hash(probeRow);
    long row = newer.find(hash, probe, probeRow, rows);
    return row >= 0 ? row : findStored(hash, probe, probeRow);
  }

  private long findStored(long hash, KeyRows probe, long probeRow) {
    if (stored == null) {
      return -1;
    }
    long at = stored.find(hash, probe, probeRow, rows);
    return at < 0 ? -1 : stored.row(at);
  }

  /** The row with this row's key that the index file names; -1 if there is none. */
  long storedTwin(long row) {
    return findStored(rows.hash(row), rows, row);
  }

  /** The keys of all rows. */
  KeyRows rows() {
    return rows;
  }

  long rowCount() {
    return rowCount;
  }

  /** The rows that the index file names. */
  void forEachStored(LongConsumer action) {
    KeySlots slots = stored;
    if (slots != null) {
      for (long at = 0; at < slots.count(); at++) {
        long row = slots.row(at);
        if (row >= coveredRows) {
          throw KeySlots.damaged("names row " + row + " of " + coveredRows);
        }
        if (row >= 0) {
          action.accept(row);
        }
      }
    }
  }

  /** The newest rows of the keys in memory. */
  void forEachNewer(LongConsumer action) {
    newer.forEach(action);
  }

  @Override
  public void close() {
    newer.close();
  }
}
