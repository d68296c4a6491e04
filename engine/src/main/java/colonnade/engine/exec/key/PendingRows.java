package colonnade.engine.exec.key;

import colonnade.Schema;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Vector;
import colonnade.engine.store.key.KeyRows;
import colonnade.engine.store.key.NewestRows;
import colonnade.error.InvalidQueryException;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Rows put and removals made since the last commit, in memory outside the heap: one after the
 * other, and which is the newest of its key. Where most are superseded the others move together, so
 * that memory follows the number of keys. Used by one thread at a time.
 */
public final class PendingRows implements AutoCloseable {
  private static final int UNSETTLED_ROWS = 4_096;
  private static final int LEAST_SUPERSEDED = 65_536;
  private static final int MAX_ROWS = 1 << 30;

  private final Schema schema;
  private final int keyColumn;
  private final int removalColumn;
  private QueryMemory.Region memory;
  private ColumnBuilder[] columns;
  private NewestRows newest;
  private BitSet superseded = new BitSet();
  private int supersededCount;
  private int settledCount;

  PendingRows(Schema schema, int keyColumn, int removalColumn) {
    this.schema = schema;
    this.keyColumn = keyColumn;
    this.removalColumn = removalColumn;
    this.memory = new QueryMemory(Long.MAX_VALUE).region();
    this.columns = columns(memory);
    this.newest = new NewestRows(0);
  }

  /** Columns that keep no dictionary, which could go before they do. */
  ColumnBuilder[] columns(QueryMemory.Region region) {
    ColumnBuilder[] builders = new ColumnBuilder[schema.size()];
    for (int c = 0; c < builders.length; c++) {
      builders[c] = new ColumnBuilder(schema.type(c), region);
      if (schema.type(c).isVariable()) {
        builders[c].plain();
      }
    }
    return builders;
  }

  /** The column at a position of the table, to be appended to; then {@link #added}. */
  public ColumnBuilder column(int index) {
    return columns[index];
  }

  /** Says that {@code count} rows were appended to all columns but that of removals. */
  public void added(int count) {
    for (int i = 0; i < count; i++) {
      columns[removalColumn].appendLong(0);
    }
    grown();
  }

  /** Says that a key was appended to its column, and that its row is to be removed. */
  void removed() {
    for (int c = 0; c < columns.length; c++) {
      if (c == removalColumn) {
        columns[c].appendLong(1);
      } else if (c != keyColumn) {
        columns[c].appendNulls(1);
      }
    }
    grown();
  }

  private void grown() {
    int count = columns[keyColumn].rowCount();
    if (count >= MAX_ROWS) {
      throw new InvalidQueryException(
          "commit",
          String.format(Locale.ROOT, "%,d rows wait for a commit, which is the most", count),
          "Commit in between.");
    }
    if (count - settledCount >= UNSETTLED_ROWS) {
      settle();
    }
  }

  /** The rows, superseded ones too. */
  int rowCount() {
    return columns[keyColumn].rowCount();
  }

  private KeyRows settle() {
    KeyRows keys = KeyRows.of(columns[keyColumn].vector(0));
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
      return KeyRows.of(columns[keyColumn].vector(0));
    }
    return keys;
  }

  private void compact() {
    QueryMemory.Region before = memory;
    QueryMemory.Region region = new QueryMemory(Long.MAX_VALUE).region();
    ColumnBuilder[] kept = columns(region);
    int[] rows = newest();
    gather(rows, 0, rows.length, kept);
    memory = region;
    columns = kept;
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
    Vector vector = columns[removalColumn].vector(0);
    return row -> vector.longAt(row) != 0;
  }

  /** The keys of all rows. */
  KeyRows keys() {
    return settle();
  }

  /** The rows that are the newest of their key, in order. */
  int[] newest() {
    int count = rowCount();
    int[] rows = new int[count - supersededCount];
    int row = superseded.nextClearBit(0);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row;
      row = superseded.nextClearBit(row + 1);
    }
    return rows;
  }

  /** Appends rows to other columns. */
  void gather(int[] rows, int from, int to, ColumnBuilder[] target) {
    for (int c = 0; c < columns.length; c++) {
      gather(c, rows, from, to, target[c]);
    }
  }

  void gather(int column, int[] rows, int from, int to, ColumnBuilder target) {
    int[] part =
        from == 0 && to == rows.length ? rows : java.util.Arrays.copyOfRange(rows, from, to);
    target.append(columns[column].vector(0), part, to - from);
  }

  Vector vector(int column) {
    return columns[column].vector(0);
  }

  /** Forgets all rows. */
  void clear() {
    memory.close();
    memory = new QueryMemory(Long.MAX_VALUE).region();
    columns = columns(memory);
    reset();
  }

  @Override
  public void close() {
    memory.close();
    newest.close();
  }
}
