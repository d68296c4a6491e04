package colonnade.engine.exec.hash;

import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.ByteRuns;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distinct byte strings, numbered from 0 in the order they came. Bytes are copied into native
 * memory of the region it is given, which its owner closes, or stay where another pool has them.
 * One thread adds; afterwards any number of threads may look up.
 *
 * <p>Strings are added many at a time where they can be: the slots of some hundreds are touched
 * before the first is looked at, so that the processor waits for many cache lines at once.
 */
public final class TextPool {
  /** The length of the entry that stands for null; see {@link #addNull}. */
  public static final int NULL_LENGTH = -1;

  private static final int LEAST_STRINGS = 8;
  private static final int FIRST_SLAB_BYTES = 1 << 12;
  private static final int LAST_SLAB_BYTES = 1 << 22;

  /**
   * An entry is the hash, the slab and the place in it, and the length: of one cache line or two.
   */
  private static final int ENTRY = 3;

  private static final long NULL_HASH = Hash.of(-1L);

  private final QueryMemory.Region region;
  private final HeapUse heap;
  private MemorySegment[] slabs = new MemorySegment[4];
  private int slabCount;

  /** The slab that is being filled, and how far. */
  private int ownSlab = -1;

  private long slabUsed;

  /** Whose slabs, or which memory, was made ours last, and where its slabs begin. */
  private @Nullable Object neighbour;

  private int neighbourSlabs;
  private int size;

  /** Per slot: the upper half of the hash beside id + 1; 0 is free. */
  private long[] slots;

  private long[] entries;
  private final Touched touched = new Touched();

  /** An empty pool. */
  public TextPool(QueryMemory.Region region, HeapUse heap) {
    this(LEAST_STRINGS, region, heap);
  }

  /** An empty pool that holds so many strings before it grows. */
  public TextPool(int expectedSize, QueryMemory.Region region, HeapUse heap) {
    this.region = region;
    this.heap = heap;
    int size = Math.clamp(expectedSize, LEAST_STRINGS, 1 << 28);
    this.slots = heap.grow(new long[0], Integer.highestOneBit(2 * size - 1) * 2);
    this.entries = new long[0];
  }

  /** The hash of a run of bytes, or of null where its length is {@link #NULL_LENGTH}. */
  public static long hash(MemorySegment bytes, long start, int length) {
    return length < 0 ? NULL_HASH : Hash.of(bytes, start, length);
  }

  /** Forgets all strings and keeps some memory. */
  public void clear() {
    Arrays.fill(slots, 0);
    size = 0;
    slabUsed = 0;
    neighbour = null;
    if (slabCount > 0) {
      MemorySegment largest = ownSlab < 0 ? null : slabs[ownSlab];
      Arrays.fill(slabs, null);
      slabCount = 0;
      ownSlab = -1;
      if (largest != null) {
        ownSlab = addSlab(largest);
      }
    }
  }

  /** The number of strings. */
  public int size() {
    return size;
  }

  /** The hash of string {@code id}, the same in every pool. */
  public long hash(int id) {
    return entries[ENTRY * id];
  }

  /** Whether string {@code id} has the bytes of string {@code otherId} of another pool. */
  public boolean isSame(int id, TextPool other, int otherId) {
    int length = length(id);
    return hash(id) == other.hash(otherId)
        && length == other.length(otherId)
        && ByteRuns.mismatch(
                segment(id), start(id), other.segment(otherId), other.start(otherId), length)
            < 0;
  }

  /** The memory that string {@code id} lies in. */
  public MemorySegment segment(int id) {
    return slabs[(int) (entries[ENTRY * id + 1] >>> 32)];
  }

  /** Offset of the first byte of string {@code id} in {@link #segment}. */
  public long start(int id) {
    return (int) entries[ENTRY * id + 1];
  }

  /** Length in bytes of string {@code id}. */
  public int length(int id) {
    return (int) entries[ENTRY * id + 2];
  }

  /** The number of these bytes, which are added if they are new. */
  public int add(MemorySegment bytes, long start, int length) {
    return add(bytes, start, length, Hash.of(bytes, start, length));
  }

  /** The number of string {@code id} of another pool, which is added if it is new. */
  public int add(TextPool other, int id) {
    return add(other.segment(id), other.start(id), other.length(id), other.hash(id));
  }

  /** The number of what stands for null here: an entry of its own, added if it is new. */
  int addNull() {
    return add(MemorySegment.NULL, 0, NULL_LENGTH, NULL_HASH);
  }

  /** The number of these bytes, or -1. */
  public int find(MemorySegment bytes, long start, int length) {
    return find(bytes, start, length, Hash.of(bytes, start, length));
  }

  /**
   * Writes the numbers of {@code count} runs of bytes, {@link Touched#STEP} at most, to {@code out}
   * from {@code at} on. A run of {@link #NULL_LENGTH} is null: -1, or where {@code nullsToo} what
   * {@link #addNull} gives.
   *
   * @param adding whether new ones are added rather than read as -1
   * @param touched of the calling thread: any number of them may look up at one time
   */
  void numbers(
      Touched touched,
      MemorySegment bytes,
      long[] starts,
      int[] lengths,
      int count,
      boolean adding,
      boolean nullsToo,
      long[] out,
      int at) {
    long[] hashes = touched.hashes;
    for (int i = 0; i < count; i++) {
      hashes[i] =
          i > 0 && isEmptyAgain(lengths, i) ? hashes[i - 1] : hash(bytes, starts[i], lengths[i]);
    }
    touched.load(slots, count);
    touched.loadEntries(entries, ENTRY, count);
    for (int i = 0; i < count; i++) {
      if (i > 0 && isEmptyAgain(lengths, i)) {
        out[at + i] = out[at + i - 1];
      } else if (lengths[i] < 0) {
        out[at + i] = nullsToo ? addNull() : -1;
      } else if (adding) {
        out[at + i] = add(bytes, starts[i], lengths[i], hashes[i]);
      } else {
        out[at + i] = find(bytes, starts[i], lengths[i], hashes[i]);
      }
    }
  }

  /** Whether run {@code i} has no bytes, or is null, like the one before it. */
  private static boolean isEmptyAgain(int[] lengths, int i) {
    return lengths[i] == lengths[i - 1] && lengths[i] <= 0;
  }

  /**
   * Writes the numbers of strings {@code ids[from + i]} of another pool, for {@code i < count}, to
   * {@code numbers[i]}, and adds those that are new; -1 for a negative one.
   *
   * @param lasting whether the other pool's memory lives as long as this pool and keeps its bytes:
   *     they are then not copied
   */
  public void add(TextPool other, int[] ids, int from, int count, boolean lasting, int[] numbers) {
    if (lasting && other != neighbour) {
      neighbour = other;
      neighbourSlabs = slabCount;
      for (int s = 0; s < other.slabCount; s++) {
        addSlab(other.slabs[s]);
      }
    }
    long[] hashes = touched.hashes;
    for (int start = 0; start < count; start += Touched.STEP) {
      int step = Math.min(Touched.STEP, count - start);
      for (int i = 0; i < step; i++) {
        int id = ids[from + start + i];
        hashes[i] = id < 0 ? 0 : other.entries[ENTRY * id];
      }
      touched.load(slots, step);
      touched.loadEntries(entries, ENTRY, step);
      for (int i = 0; i < step; i++) {
        int id = ids[from + start + i];
        numbers[start + i] = id < 0 ? -1 : lasting ? share(other, id, hashes[i]) : add(other, id);
      }
    }
  }

  /**
   * Adds runs {@code from .. end - 1} of {@code bytes} that are new, and writes the numbers of all
   * to {@code numbers}, but stops before the one that would be number {@code limit}. A run of
   * {@link #NULL_LENGTH} is null, an entry of its own.
   *
   * @return the first run that was not done, or {@code end}
   */
  public int addUpTo(
      MemorySegment bytes,
      long[] starts,
      int[] lengths,
      long[] hashes,
      int from,
      int end,
      int limit,
      int[] numbers) {
    for (int step = from; step < end; step += Touched.STEP) {
      int stop = Math.min(end, step + Touched.STEP);
      touched.load(slots, hashes, step, stop - step);
      touched.loadEntries(entries, ENTRY, stop - step);
      for (int i = step; i < stop; i++) {
        int slot = slot(bytes, starts[i], lengths[i], hashes[i]);
        if (slots[slot] != 0) {
          numbers[i] = (int) slots[slot] - 1;
        } else if (size == limit) {
          return i;
        } else {
          long place = lengths[i] < 0 ? 0 : copy(bytes, starts[i], lengths[i]);
          numbers[i] = insert(slot, hashes[i], place, lengths[i]);
        }
      }
    }
    return end;
  }

  /**
   * As {@link #addUpTo}, of all runs, in memory that lives as long as this pool and keeps its
   * bytes, up to 2 GiB of it: they are not copied.
   */
  public void addLasting(
      MemorySegment bytes,
      long[] starts,
      int[] lengths,
      long[] hashes,
      int from,
      int end,
      int[] numbers) {
    if (bytes != neighbour) {
      neighbour = bytes;
      neighbourSlabs = slabCount;
      addSlab(bytes);
    }
    long slab = (long) neighbourSlabs << 32;
    for (int step = from; step < end; step += Touched.STEP) {
      int stop = Math.min(end, step + Touched.STEP);
      touched.load(slots, hashes, step, stop - step);
      touched.loadEntries(entries, ENTRY, stop - step);
      for (int i = step; i < stop; i++) {
        int slot = slot(bytes, starts[i], lengths[i], hashes[i]);
        numbers[i] =
            slots[slot] != 0
                ? (int) slots[slot] - 1
                : insert(slot, hashes[i], slab | starts[i], lengths[i]);
      }
    }
  }

  private int find(MemorySegment bytes, long start, int length, long hash) {
    return (int) slots[slot(bytes, start, length, hash)] - 1;
  }

  private int add(MemorySegment bytes, long start, int length, long hash) {
    int slot = slot(bytes, start, length, hash);
    if (slots[slot] != 0) {
      return (int) slots[slot] - 1;
    }
    long place = length < 0 ? 0 : copy(bytes, start, length);
    return insert(slot, hash, place, length);
  }

  /** The slot of these bytes, or a free one for them. */
  private int slot(MemorySegment bytes, long start, int length, long hash) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != 0 && !matches(slots[slot], bytes, start, length, hash)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private int share(TextPool other, int otherId, long hash) {
    int length = other.length(otherId);
    long place = other.entries[ENTRY * otherId + 1];
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    for (; slots[slot] != 0; slot = slot + 1 & mask) {
      if (slots[slot] >>> 32 == hash >>> 32) {
        int id = (int) slots[slot] - 1;
        if (isSame(id, other, otherId)) {
          return id;
        }
      }
    }
    return insert(slot, hash, length < 0 ? 0 : place + ((long) neighbourSlabs << 32), length);
  }

  private int insert(int slot, long hash, long place, int length) {
    if (ENTRY * size == entries.length) {
      entries = heap.grow(entries, ENTRY * Math.max(8, size * 2));
    }
    int entry = ENTRY * size;
    entries[entry] = hash;
    entries[entry + 1] = place;
    entries[entry + 2] = length;
    slots[slot] = hash >>> 32 << 32 | size + 1;
    size++;
    if (size * 2 > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private boolean matches(long slot, MemorySegment bytes, long start, int length, long hash) {
    int id = (int) slot - 1;
    return slot >>> 32 == hash >>> 32
        && hash(id) == hash
        && length(id) == length
        && (length < 0 || ByteRuns.mismatch(segment(id), start(id), bytes, start, length) < 0);
  }

  /** Copies bytes behind those copied before; gives the slab and the place in it. */
  private long copy(MemorySegment bytes, long start, int length) {
    if (ownSlab < 0 || slabUsed + length > slabs[ownSlab].byteSize()) {
      long wanted =
          ownSlab < 0 ? FIRST_SLAB_BYTES : Math.min(slabs[ownSlab].byteSize() * 2, LAST_SLAB_BYTES);
      ownSlab = addSlab(region.allocate(Math.max(wanted, length)));
      slabUsed = 0;
    }
    MemorySegment.copy(bytes, start, slabs[ownSlab], slabUsed, length);
    long place = (long) ownSlab << 32 | slabUsed;
    slabUsed += length;
    return place;
  }

  private int addSlab(MemorySegment slab) {
    if (slabCount == slabs.length) {
      slabs = Arrays.copyOf(slabs, 2 * slabCount);
    }
    slabs[slabCount] = slab;
    return slabCount++;
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
