package colonnade.engine.exec.key;

import colonnade.Schema;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Vector;
import colonnade.engine.store.key.KeyRows;
import colonnade.engine.store.key.NewestRows;
import colonnade.error.MemoryBudgetException;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Rows put and removals made since the last commit: one after the other, and which is the newest of
 * its key. Where most are superseded the others move together, so that memory follows the number of
 * keys, within {@link KeyedLimits}. Used by one thread at a time.
 */
public final class PendingRows implements AutoCloseable {
  private static final int UNSETTLED_ROWS = 4_096;
  private static final int LEAST_SUPERSEDED = 65_536;
  private static final int MAX_ROWS = 1 << 30;

  private final Schema schema;
  private final int keyColumn;
  private final int removalColumn;
  private final KeyedLimits limits;
  private PendingPieces rows;
  private NewestRows newest;
  private BitSet superseded = new BitSet();
  private int supersededCount;
  private int settledCount;

  PendingRows(Schema schema, int keyColumn, int removalColumn, KeyedLimits limits) {
    this.schema = schema;
    this.keyColumn = keyColumn;
    this.removalColumn = removalColumn;
    this.limits = limits;
    this.rows = new PendingPieces(schema, limits.pendingBytes());
    this.newest = new NewestRows(0);
  }

  /** Columns that keep no dictionary, which could go before they do. */
  ColumnBuilder[] columns(QueryMemory.Region region) {
    return rows.builders(region);
  }

  /** The column at a position of the table, to be appended to; then {@link #added}. */
  public ColumnBuilder column(int index) {
    return rows.column(index);
  }

  /**
   * How many rows may be appended before {@link #added} is called.
   *
   * @throws MemoryBudgetException if no more keys may change
   */
  public int room() {
    requireRoom();
    return Math.min(rows.room(), UNSETTLED_ROWS);
  }

  /** Says that {@code count} rows were appended to all columns but that of removals. */
  public void added(int count) {
    for (int i = 0; i < count; i++) {
      rows.column(removalColumn).appendLong(0);
    }
    grown();
  }

  /** Says that a key was appended to its column, and that its row is to be removed. */
  void removed() {
    for (int c = 0; c < schema.size(); c++) {
      if (c == removalColumn) {
        rows.column(c).appendLong(1);
      } else if (c != keyColumn) {
        rows.column(c).appendNulls(1);
      }
    }
    grown();
  }

  private void grown() {
    rows.added();
    if (rowCount() - settledCount >= UNSETTLED_ROWS) {
      settle();
    }
  }

  /** Up to {@link #UNSETTLED_ROWS} more keys than allowed get through: they are counted late. */
  void requireRoom() {
    long keys = newest.keyCount();
    if (keys >= limits.keys() || rowCount() >= MAX_ROWS) {
      throw new MemoryBudgetException(
          "put",
          String.format(
              Locale.ROOT,
              "%,d keys have changed since the last commit, which takes %,d bytes of memory; %,d"
                  + " keys may change between two commits",
              keys,
              keys * KeyedLimits.KEY_BYTES,
              Math.min(limits.keys(), MAX_ROWS)),
          "Commit in between; what was put so far is kept. A larger heap (-Xmx) or more memory"
              + " allow more keys.");
    }
  }

  /** The rows, superseded ones too. */
  int rowCount() {
    return rows.rowCount();
  }

  /** Bytes of rows in temporary files. */
  long spilledBytes() {
    return rows.spilledBytes();
  }

  private KeyRows settle() {
    KeyRows keys = rows.keys(keyColumn);
    int count = rowCount();
    if (count - settledCount > UNSETTLED_ROWS) {
      newest.reserve(count - settledCount, keys);
    }
    for (; settledCount < count; settledCount++) {
      long before = newest.put(settledCount, keys);
      if (before >= 0) {
        superseded.set((int) before);
        supersededCount++;
      }
    }
    if (supersededCount > LEAST_SUPERSEDED && 2L * supersededCount > count) {
      compact();
      return rows.keys(keyColumn);
    }
    return keys;
  }

  private void compact() {
    PendingPieces fresh = new PendingPieces(schema, limits.pendingBytes());
    int[] kept = newest();
    try {
      for (int from = 0; from < kept.length; ) {
        int to = Math.min(kept.length, from + Math.min(fresh.room(), UNSETTLED_ROWS));
        ColumnBuilder[] columns = new ColumnBuilder[schema.size()];
        for (int c = 0; c < columns.length; c++) {
          columns[c] = fresh.column(c);
        }
        rows.gather(kept, from, to, columns);
        fresh.added();
        from = to;
      }
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    }
    PendingPieces before = rows;
    rows = fresh;
    reset();
    before.close();
    settle();
  }

  private void reset() {
    newest.close();
    newest = new NewestRows(0);
    superseded = new BitSet();
    supersededCount = 0;
    settledCount = 0;
  }

  /** The newest row of a key, or -1. */
  int find(KeyRows probe) {
    if (rowCount() == 0) {
      return -1;
    }
    KeyRows keys = settle();
    return (int) newest.find(probe.hash(0), probe, 0, keys);
  }

  /** Whether a row is a removal; as long as nothing is added. */
  IntPredicate removals() {
    return rows.set(removalColumn);
  }

  /** The keys of all rows. */
  KeyRows keys() {
    return settle();
  }

  /** The rows that are the newest of their key, in order. */
  int[] newest() {
    int count = rowCount();
    int[] found = new int[count - supersededCount];
    int row = superseded.nextClearBit(0);
    for (int i = 0; i < found.length; i++) {
      found[i] = row;
      row = superseded.nextClearBit(row + 1);
    }
    return found;
  }

  /** Appends rows {@code [from, to)} of {@code chosen}, which ascend, to other columns. */
  void gather(int[] chosen, int from, int to, ColumnBuilder[] target) {
    rows.gather(chosen, from, to, target);
  }

  /** A column of the window that has a row, which begins with a multiple of 8 rows. */
  Vector vector(int column, int row) {
    return rows.vector(column, row);
  }

  /** The number of a row in its window. */
  int index(int row) {
    return rows.index(row);
  }

  /** Forgets all rows. */
  void clear() {
    rows.close();
    rows = new PendingPieces(schema, limits.pendingBytes());
    reset();
  }

  @Override
  public void close() {
    rows.close();
    newest.close();
  }
}
