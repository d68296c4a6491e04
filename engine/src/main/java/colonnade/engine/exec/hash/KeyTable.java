package colonnade.engine.exec.hash;

import colonnade.DataType;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Distinct key rows of any types, numbered from 0 in the order they came. Null equals null, NaN
 * equals NaN, -0.0 equals 0.0. For grouping and for the build side of joins.
 *
 * <p>One thread adds; afterwards any number of threads may look up, each with its own {@link
 * Finder}. Text lies in native memory of the region given, the rest on the heap, counted by the
 * {@link HeapUse} given; the owner closes both.
 */
public final class KeyTable {
  private final List<DataType> types;
  private final HeapUse heap;
  private final @Nullable TextPool[] pools;
  private final KeyEncoder encoder;
  private final int stride;
  private final int entry;
  private final long[] row;
  private final Touched touched = new Touched();

  /** Per slot: the upper half of the hash beside id + 1; 0 is free. */
  private long[] slots;

  /** Per key row its hash, then its cells: of one cache line or two. */
  private long[] entries = new long[0];

  private int size;

  /** An empty table for keys of these types. */
  public KeyTable(List<DataType> types, int expectedSize, QueryMemory.Region region, HeapUse heap) {
    this.types = List.copyOf(types);
    this.heap = heap;
    this.pools = new TextPool[types.size()];
    for (int c = 0; c < pools.length; c++) {
      pools[c] = types.get(c).isVariable() ? new TextPool(region, heap) : null;
    }
    this.encoder = new KeyEncoder(this.types, pools, true);
    this.stride = KeyEncoder.cellsPerKey(types.size());
    this.entry = 1 + stride;
    this.row = new long[stride];
    this.slots =
        heap.grow(new long[0], Integer.highestOneBit(Math.clamp(expectedSize, 8, 1 << 28)) * 2);
  }

  /** The number of distinct key rows. */
  public int size() {
    return size;
  }

  /** The hash of key row {@code id}: the same in every table and every run. */
  public long hash(int id) {
    return entries[id * entry];
  }

  /** Forgets all key rows and keeps the memory. */
  public void clear() {
    Arrays.fill(slots, 0);
    size = 0;
    encoder.clear();
  }

  /** The types of the key columns. */
  public List<DataType> types() {
    return types;
  }

  /** Whether column {@code column} of key row {@code id} is null. */
  public boolean isNull(int column, int id) {
    return (cell(types.size() + column / 64, id) >>> column & 1) != 0;
  }

  /**
   * The value of column {@code column} of key row {@code id}: widened, the bits of the double, or a
   * number in {@link #texts}.
   */
  public long cell(int column, int id) {
    return entries[id * entry + 1 + column];
  }

  /** The texts of column {@code column}, or null if it is of fixed width. */
  public @Nullable TextPool texts(int column) {
    return pools[column];
  }

  /**
   * Writes the numbers of up to a batch of rows to {@code ids}; new key rows are added in order.
   *
   * @param keys a vector per key column
   * @param rows which rows, in increasing order; null for rows {@code 0 .. count - 1}
   */
  public void add(Vector[] keys, int @Nullable [] rows, int count, int[] ids) {
    encoder.encode(keys, rows, count);
    long[] rowHashes = encoder.hashes();
    for (int from = 0; from < count; from += Touched.STEP) {
      int end = Math.min(count, from + Touched.STEP);
      touched.load(slots, rowHashes, from, end - from);
      touched.loadEntries(entries, entry, end - from);
      for (int i = from; i < end; i++) {
        for (int c = 0; c < stride; c++) {
          row[c] = encoder.cells(c)[i];
        }
        ids[i] = addRow(rowHashes[i]);
      }
    }
  }

  /**
   * As {@link #add(Vector[], int[], int, int[])}, for key rows {@code otherIds[from + i]} of
   * another table.
   *
   * @param lasting whether the other table lives as long as this and forgets nothing: its texts are
   *     then not copied
   */
  public void add(KeyTable other, int[] otherIds, int from, int count, boolean lasting, int[] ids) {
    int[][] texts = new int[pools.length][];
    for (int c = 0; c < pools.length; c++) {
      TextPool pool = pools[c];
      TextPool otherPool = other.pools[c];
      if (pool != null && otherPool != null) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
          int id = otherIds[from + i];
          numbers[i] = other.isNull(c, id) ? -1 : (int) other.cell(c, id);
        }
        pool.add(otherPool, numbers, 0, count, lasting, numbers);
        texts[c] = numbers;
      }
    }
    for (int start = 0; start < count; start += Touched.STEP) {
      int end = Math.min(count, start + Touched.STEP);
      for (int i = start; i < end; i++) {
        touched.hashes[i - start] = other.hash(otherIds[from + i]);
      }
      touched.load(slots, end - start);
      touched.loadEntries(entries, entry, end - start);
      for (int i = start; i < end; i++) {
        System.arraycopy(other.entries, otherIds[from + i] * entry + 1, row, 0, stride);
        for (int c = 0; c < pools.length; c++) {
          if (texts[c] != null && texts[c][i] >= 0) {
            row[c] = texts[c][i];
          }
        }
        ids[i] = addRow(touched.hashes[i - start]);
      }
    }
  }

  /** Looks up key rows; for one thread, once nothing is added any more. */
  public Finder finder() {
    return new Finder();
  }

  /** One thread's way to look up key rows. */
  public final class Finder {
    private final KeyEncoder reader = new KeyEncoder(types, pools, false);

    private Finder() {}

    /**
     * Writes the numbers of up to a batch of rows to {@code ids}, -1 for those that are not in the
     * table.
     *
     * @param rows which rows, in increasing order; null for rows {@code 0 .. count - 1}
     * @param nullsEqual whether a key with a null equals its like, rather than nothing
     */
    public void find(
        Vector[] keys, int @Nullable [] rows, int count, boolean nullsEqual, int[] ids) {
      reader.encode(keys, rows, count);
      long[] rowHashes = reader.hashes();
      boolean skipNulls = !nullsEqual && reader.sawNull();
      for (int i = 0; i < count; i++) {
        ids[i] = skipNulls && reader.hasNull(i) ? -1 : lookUp(rowHashes[i], i);
      }
    }

    private int lookUp(long hash, int i) {
      int mask = slots.length - 1;
      for (int slot = (int) hash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
        if (slots[slot] >>> 32 == hash >>> 32) {
          int id = (int) slots[slot] - 1;
          if (matches(id, i)) {
            return id;
          }
        }
      }
      return -1;
    }

    private boolean matches(int id, int i) {
      for (int c = 0; c < stride; c++) {
        if (cell(c, id) != reader.cells(c)[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private int addRow(long hash) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    for (; slots[slot] != 0; slot = slot + 1 & mask) {
      if (slots[slot] >>> 32 == hash >>> 32) {
        int id = (int) slots[slot] - 1;
        if (matches(id)) {
          return id;
        }
      }
    }
    if (size * entry == entries.length) {
      entries = heap.grow(entries, Math.multiplyExact(Math.max(16, size * 2), entry));
    }
    entries[size * entry] = hash;
    System.arraycopy(row, 0, entries, size * entry + 1, stride);
    slots[slot] = hash >>> 32 << 32 | size + 1;
    size++;
    if (size > slots.length / 2) {
      rehash();
    }
    return size - 1;
  }

  private boolean matches(int id) {
    int at = id * entry + 1;
    for (int c = 0; c < stride; c++) {
      if (entries[at + c] != row[c]) {
        return false;
      }
    }
    return true;
  }

  private void rehash() {
    heap.reserve(8L * slots.length);
    long[] larger = new long[slots.length * 2];
    int mask = larger.length - 1;
    for (int id = 0; id < size; id++) {
      long hash = hash(id);
      int slot = (int) hash & mask;
      while (larger[slot] != 0) {
        slot = slot + 1 & mask;
      }
      larger[slot] = hash >>> 32 << 32 | id + 1;
    }
    slots = larger;
  }
}
