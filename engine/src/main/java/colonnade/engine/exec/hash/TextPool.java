package colonnade.engine.exec.hash;

import colonnade.engine.exec.QueryMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Distinct byte strings, numbered from 0 in the order they came. Bytes are copied into native
 * memory of the region it is given, which its owner closes. One thread adds; afterwards any number
 * of threads may look up.
 */
public final class TextPool {
  private static final int FIRST_SLAB_BYTES = 1 << 12;
  private static final int LAST_SLAB_BYTES = 1 << 22;

  private final QueryMemory.Region region;
  private final HeapUse heap;
  private final List<MemorySegment> slabs = new ArrayList<>();
  private long slabUsed;
  private int size;

  /** Per slot: the upper half of the hash beside id + 1; 0 is free. */
  private long[] slots = new long[16];

  private long[] hashes = new long[0];
  private int[] slabOf = new int[0];
  private int[] startOf = new int[0];
  private int[] lengthOf = new int[0];

  /** An empty pool. */
  public TextPool(QueryMemory.Region region, HeapUse heap) {
    this.region = region;
    this.heap = heap;
  }

  /** Forgets all strings and keeps some memory. */
  void clear() {
    Arrays.fill(slots, 0);
    size = 0;
    slabUsed = 0;
    if (slabs.size() > 1) {
      MemorySegment largest = slabs.getLast();
      slabs.clear();
      slabs.add(largest);
    }
  }

  /** The number of strings. */
  public int size() {
    return size;
  }

  /** The hash of string {@code id}, the same in every pool. */
  public long hash(int id) {
    return hashes[id];
  }

  /** Whether string {@code id} has the bytes of string {@code otherId} of another pool. */
  public boolean isSame(int id, TextPool other, int otherId) {
    return hashes[id] == other.hashes[otherId]
        && lengthOf[id] == other.lengthOf[otherId]
        && Hash.equal(
            segment(id), startOf[id], other.segment(otherId), other.start(otherId), lengthOf[id]);
  }

  /** The memory that string {@code id} lies in. */
  public MemorySegment segment(int id) {
    return slabs.get(slabOf[id]);
  }

  /** Offset of the first byte of string {@code id} in {@link #segment}. */
  public long start(int id) {
    return startOf[id];
  }

  /** Length in bytes of string {@code id}. */
  public int length(int id) {
    return lengthOf[id];
  }

  /** The number of these bytes, which are added if they are new. */
  public int add(MemorySegment bytes, long start, int length) {
    return add(bytes, start, length, Hash.of(bytes, start, length));
  }

  /** The number of string {@code id} of another pool, which is added if it is new. */
  public int add(TextPool other, int id) {
    return add(other.segment(id), other.start(id), other.length(id), other.hash(id));
  }

  /** The number of these bytes, or -1. */
  public int find(MemorySegment bytes, long start, int length) {
    return find(bytes, start, length, Hash.of(bytes, start, length));
  }

  private int find(MemorySegment bytes, long start, int length, long hash) {
    int mask = slots.length - 1;
    for (int slot = (int) hash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      int id = matching(slots[slot], bytes, start, length, hash);
      if (id >= 0) {
        return id;
      }
    }
    return -1;
  }

  private int add(MemorySegment bytes, long start, int length, long hash) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    for (; slots[slot] != 0; slot = slot + 1 & mask) {
      int id = matching(slots[slot], bytes, start, length, hash);
      if (id >= 0) {
        return id;
      }
    }
    if (size == hashes.length) {
      grow();
    }
    copy(bytes, start, length);
    hashes[size] = hash;
    slots[slot] = hash >>> 32 << 32 | size + 1;
    size++;
    if (size * 2 > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private int matching(long slot, MemorySegment bytes, long start, int length, long hash) {
    if (slot >>> 32 == hash >>> 32) {
      int id = (int) slot - 1;
      if (hashes[id] == hash
          && lengthOf[id] == length
          && Hash.equal(slabs.get(slabOf[id]), startOf[id], bytes, start, length)) {
        return id;
      }
    }
    return -1;
  }

  private void copy(MemorySegment bytes, long start, int length) {
    if (slabs.isEmpty() || slabUsed + length > slabs.getLast().byteSize()) {
      long wanted =
          slabs.isEmpty()
              ? FIRST_SLAB_BYTES
              : Math.min(slabs.getLast().byteSize() * 2, LAST_SLAB_BYTES);
      slabs.add(region.allocate(Math.max(wanted, length)));
      slabUsed = 0;
    }
    MemorySegment.copy(bytes, start, slabs.getLast(), slabUsed, length);
    slabOf[size] = slabs.size() - 1;
    startOf[size] = (int) slabUsed;
    lengthOf[size] = length;
    slabUsed += length;
  }

  private void grow() {
    int capacity = Math.max(8, size * 2);
    hashes = heap.grow(hashes, capacity);
    slabOf = heap.grow(slabOf, capacity);
    startOf = heap.grow(startOf, capacity);
    lengthOf = heap.grow(lengthOf, capacity);
  }

  private void rehash() {
    heap.reserve(8L * slots.length);
    long[] larger = new long[slots.length * 2];
    int mask = larger.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = (int) hashes[id] & mask;
      while (larger[slot] != 0) {
        slot = slot + 1 & mask;
      }
      larger[slot] = hashes[id] >>> 32 << 32 | id + 1;
    }
    slots = larger;
  }
}
