package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.engine.kernel.Swar;
import colonnade.engine.store.Dictionary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The distinct texts of a column, each with its number in order of first appearance, and the chunk
 * that it first appeared in: open addressing with linear probing, at most a quarter full, so that
 * most texts are in the first slot that is looked at. A text is told by two words, its
 * <em>key</em>: up to fifteen bytes and their number. Of a longer text they are its first eight and
 * last seven bytes, and the whole must be compared. A slot has a bit of the hash beside the number.
 * On the heap, about the texts' bytes and 44 bytes for each. Not thread-safe while it grows.
 */
final class TextTable {
  /** The most entries. */
  static final int MAX_ENTRIES = 1 << 20;

  private static final int ENTRY_BYTES = 44;

  /** A slot holds a number from 1 on in these bits, and a piece of the hash above. */
  private static final int CODE_BITS = 21;

  private static final int CODE_MASK = (1 << CODE_BITS) - 1;

  /** The most bytes of a text that its key holds. */
  private static final int KEY_TEXT_BYTES = 15;

  /** Where a key has the number of bytes, or that there are too many. */
  private static final int LENGTH_SHIFT = 56;

  private static final long LONG_TEXT = 0xffL << LENGTH_SHIFT;

  private final long maxBytes;
  private byte[] bytes = new byte[256 + Swar.PADDING_BYTES];
  private int byteCount;

  /** The two words of each text's key; half a cache line holds both. */
  private long[] keys = new long[2 * 16];

  /** Where each text begins, and where the last one ends. */
  private int[] starts = new int[16 + 1];

  private int[] chunks = new int[16];
  private int[] slots = new int[64];
  private int size;
  private boolean full;

  /** What was loaded for later, so that loading it is not left out. */
  private long loaded;

  /** A table that is full when it takes about {@code maxBytes} bytes or {@link #MAX_ENTRIES}. */
  TextTable(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** An empty table with the same limit. */
  TextTable emptyLike() {
    return new TextTable(maxBytes);
  }

  int size() {
    return size;
  }

  /** Whether a text could not be added. */
  boolean isFull() {
    return full;
  }

  int chunk(int code) {
    return chunks[code];
  }

  /** The code of the text {@code [start, end)} of {@code source}, which is padded; or -1. */
  int find(byte[] source, int start, int end) {
    int length = end - start;
    long low = low(source, start, length);
    long high = high(source, start, length);
    return (slots[slot(source, start, length, low, high)] & CODE_MASK) - 1;
  }

  /**
   * Adds a text that {@code chunk} has, unless it is there.
   *
   * @return its code; -1 if it is not there and the table is full
   */
  int add(byte[] source, int start, int end, int chunk) {
    int length = end - start;
    long low = low(source, start, length);
    long high = high(source, start, length);
    int slot = slot(source, start, length, low, high);
    int code = (slots[slot] & CODE_MASK) - 1;
    return code >= 0 ? code : insert(source, start, length, slot, chunk);
  }

  /** Adds entry {@code code} of {@code other}; gives its code here, as above. */
  int add(TextTable other, int code) {
    int start = other.start(code);
    return add(other.bytes, start, start + other.length(code), other.chunks[code]);
  }

  /**
   * Loads what the slots at {@code hashes} hold, for {@link #compare}; and the keys, of which
   * nothing is kept: a loop that does nothing else has many more loads under way than one that
   * compares.
   */
  void load(long[] hashes, int count, int[] found) {
    int[] table = slots;
    int mask = table.length - 1;
    for (int k = 0; k < count; k++) {
      found[k] = table[(int) hashes[k] & mask];
    }
    long[] all = keys;
    long sum = 0;
    for (int k = 0; k < count; k++) {
      sum ^= all[2 * Math.max(0, (found[k] & CODE_MASK) - 1)];
    }
    loaded = sum;
  }

  /**
   * Replaces what the slots of some texts hold by the texts' codes; by a negative number where the
   * text was not seen to be that of the slot, as for each that its key does not hold.
   *
   * @return a negative number if there is such a text, else 0
   */
  int compare(long[] lows, long[] highs, int count, int[] found) {
    long[] all = keys;
    int missing = 0;
    for (int k = 0; k < count; k++) {
      int code = (found[k] & CODE_MASK) - 1;
      int at = 2 * Math.max(0, code);
      long high = highs[k];
      long differs = all[at] ^ lows[k] | all[at + 1] ^ high;
      // Only the length of a long text has the highest bit.
      int result = code | (int) ((differs | -differs | high) >> 63);
      found[k] = result;
      missing |= result;
    }
    return missing >> 31;
  }

  private int start(int code) {
    return starts[code];
  }

  private int length(int code) {
    return starts[code + 1] - starts[code];
  }

  /** The slot of the text, or the free one where it would be. */
  private int slot(byte[] source, int start, int length, long low, long high) {
    long hash = hash(source, start, length, low, high);
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    int tag = tag(hash);
    while (true) {
      int found = slots[slot];
      if (found == 0) {
        return slot;
      }
      if ((found & ~CODE_MASK) == tag) {
        int code = (found & CODE_MASK) - 1;
        if (keys[2 * code] == low
            && keys[2 * code + 1] == high
            && (length <= KEY_TEXT_BYTES || isText(code, source, start, length))) {
          return slot;
        }
      }
      slot = slot + 1 & mask;
    }
  }

  private static int tag(long hash) {
    return (int) (hash >>> 32) & ~CODE_MASK;
  }

  private boolean isText(int code, byte[] source, int start, int length) {
    return Arrays.equals(
        bytes, start(code), start(code) + length(code), source, start, start + length);
  }

  private int insert(byte[] source, int start, int length, int slot, int chunk) {
    if (size == MAX_ENTRIES || byteCount + length + (long) ENTRY_BYTES * size > maxBytes) {
      full = true;
      return -1;
    }
    if (byteCount + length + Swar.PADDING_BYTES > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (byteCount + length + Swar.PADDING_BYTES));
    }
    System.arraycopy(source, start, bytes, byteCount, length);
    if (size == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * size);
      keys = Arrays.copyOf(keys, 2 * 2 * size);
      starts = Arrays.copyOf(starts, 2 * size + 1);
    }
    long low = low(source, start, length);
    long high = high(source, start, length);
    keys[2 * size] = low;
    keys[2 * size + 1] = high;
    byteCount += length;
    chunks[size] = chunk;
    size++;
    starts[size] = byteCount;
    slots[slot] = tag(hash(source, start, length, low, high)) | size;
    if (4 * size > slots.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int code = 0; code < size; code++) {
      long hash = hash(bytes, start(code), length(code), keys[2 * code], keys[2 * code + 1]);
      int slot = (int) hash & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = tag(hash) | code + 1;
    }
  }

  /** A key's first word: the first eight bytes, zeros behind a shorter text. */
  static long low(byte[] source, int start, int length) {
    long word = Swar.load(source, start);
    return length >= 8 ? word : length == 0 ? 0 : word & -1L >>> 64 - 8 * length;
  }

  /** A key's second word: the bytes after those, and how many there are in all. */
  static long high(byte[] source, int start, int length) {
    if (length <= 8) {
      return (long) length << LENGTH_SHIFT;
    }
    if (length <= KEY_TEXT_BYTES) {
      long rest = Swar.load(source, start + 8) & -1L >>> 128 - 8 * length;
      return rest | (long) length << LENGTH_SHIFT;
    }
    return Swar.load(source, start + length - 8) >>> 8 | LONG_TEXT;
  }

  /** Multiplied and folded, eight bytes a step. */
  static long hash(byte[] source, int start, int length, long low, long high) {
    long h = low * 0xd6e8feb86659fd93L;
    h = (h ^ h >>> 32 ^ high) * 0x9e3779b97f4a7c15L;
    if (length > KEY_TEXT_BYTES) {
      h ^= length;
      for (int i = 8; i + 7 < length; i += 8) {
        h = (h ^ h >>> 32 ^ Swar.load(source, start + i)) * 0xd6e8feb86659fd93L;
      }
    }
    h = (h ^ h >>> 32) * 0xd6e8feb86659fd93L;
    return h ^ h >>> 32;
  }

  /** The texts as a dictionary in memory of its own, which lives as long as it is used. */
  Dictionary toDictionary() {
    Arena arena = Arena.ofAuto();
    MemorySegment offsets = arena.allocate(8L * (size + 1), 8);
    for (int code = 0; code < size; code++) {
      offsets.setAtIndex(ValueLayout.JAVA_LONG, code, start(code));
    }
    offsets.setAtIndex(ValueLayout.JAVA_LONG, size, byteCount);
    MemorySegment texts = arena.allocate(Math.max(1, byteCount), 8);
    MemorySegment.copy(bytes, 0, texts, ValueLayout.JAVA_BYTE, 0, byteCount);
    return new Dictionary(DataType.UTF8, size, offsets, texts);
  }
}
