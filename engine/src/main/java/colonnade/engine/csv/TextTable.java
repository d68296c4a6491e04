package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.engine.store.Dictionary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The distinct texts of a column, each with its number in order of first appearance, and the chunk
 * that it first appeared in: open addressing with linear probing, at most a quarter full, so that
 * most texts are in the first slot that is looked at. A slot has a bit of the hash beside the
 * number, and an entry the text's first and last eight bytes, so that most lookups touch two cache
 * lines. On the heap, about the texts' bytes and 60 bytes for each. Not thread-safe while it grows.
 */
final class TextTable {
  /** The most entries. */
  static final int MAX_ENTRIES = 1 << 20;

  private static final int ENTRY_BYTES = 60;

  /** A slot holds a number from 1 on in these bits, and a piece of the hash above. */
  private static final int CODE_BITS = 21;

  private static final int CODE_MASK = (1 << CODE_BITS) - 1;

  /** An entry is its first eight bytes, its last eight, its length, and where it begins. */
  private static final int ENTRY_LONGS = 4;

  private final long maxBytes;
  private byte[] bytes = new byte[256 + Swar.PADDING_BYTES];
  private int byteCount;
  private long[] entries = new long[16 * ENTRY_LONGS];
  private int[] chunks = new int[16];
  private int[] slots = new int[64];
  private int size;
  private boolean full;

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
    long head = head(source, start, length);
    long tail = tail(source, start, length);
    return (slots[slot(source, start, length, head, tail)] & CODE_MASK) - 1;
  }

  /**
   * Adds a text that {@code chunk} has, unless it is there.
   *
   * @return its code; -1 if it is not there and the table is full
   */
  int add(byte[] source, int start, int end, int chunk) {
    int length = end - start;
    long head = head(source, start, length);
    long tail = tail(source, start, length);
    int slot = slot(source, start, length, head, tail);
    int code = (slots[slot] & CODE_MASK) - 1;
    return code >= 0 ? code : insert(source, start, length, slot, chunk);
  }

  /** Adds entry {@code code} of {@code other}; gives its code here, as above. */
  int add(TextTable other, int code) {
    int start = other.start(code);
    return add(other.bytes, start, start + other.length(code), other.chunks[code]);
  }

  /** Loads what the first slots of {@code hashes} hold, for {@link #compare}. */
  void load(long[] hashes, int count, int[] found) {
    int[] table = slots;
    int mask = table.length - 1;
    for (int k = 0; k < count; k++) {
      found[k] = table[(int) hashes[k] & mask];
    }
  }

  /**
   * Replaces what the slots of some texts hold by the texts' codes; by a negative number where the
   * text was not seen to be that of the slot, as for each of more than sixteen bytes.
   *
   * @return a negative number if there is such a text, else 0
   */
  int compare(long[] heads, long[] tails, int[] lengths, int count, int[] found) {
    long[] all = entries;
    int missing = 0;
    for (int k = 0; k < count; k++) {
      int code = (found[k] & CODE_MASK) - 1;
      int entry = ENTRY_LONGS * Math.max(0, code);
      int length = lengths[k];
      long differs = all[entry] ^ heads[k] | all[entry + 1] ^ tails[k] | all[entry + 2] ^ length;
      int result = code | (int) ((differs | -differs) >> 63) | 16 - length >> 31;
      found[k] = result;
      missing |= result;
    }
    return missing >> 31;
  }

  private int start(int code) {
    return (int) entries[ENTRY_LONGS * code + 3];
  }

  private int length(int code) {
    return (int) entries[ENTRY_LONGS * code + 2];
  }

  /** The slot of the text, or the free one where it would be. */
  private int slot(byte[] source, int start, int length, long head, long tail) {
    long hash = hash(source, start, length, head, tail);
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    int tag = tag(hash);
    while (true) {
      int found = slots[slot];
      if (found == 0) {
        return slot;
      }
      if ((found & ~CODE_MASK) == tag) {
        int entry = ENTRY_LONGS * ((found & CODE_MASK) - 1);
        if (entries[entry] == head
            && entries[entry + 1] == tail
            && entries[entry + 2] == length
            && (length <= 16 || isMiddle((int) entries[entry + 3], source, start, length))) {
          return slot;
        }
      }
      slot = slot + 1 & mask;
    }
  }

  private static int tag(long hash) {
    return (int) (hash >>> 32) & ~CODE_MASK;
  }

  private boolean isMiddle(int from, byte[] source, int start, int length) {
    return Arrays.equals(bytes, from + 8, from + length - 8, source, start + 8, start + length - 8);
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
      entries = Arrays.copyOf(entries, 2 * size * ENTRY_LONGS);
    }
    long head = head(source, start, length);
    long tail = tail(source, start, length);
    int entry = ENTRY_LONGS * size;
    entries[entry] = head;
    entries[entry + 1] = tail;
    entries[entry + 2] = length;
    entries[entry + 3] = byteCount;
    byteCount += length;
    chunks[size] = chunk;
    size++;
    slots[slot] = tag(hash(source, start, length, head, tail)) | size;
    if (4 * size > slots.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int code = 0; code < size; code++) {
      int entry = ENTRY_LONGS * code;
      long hash = hash(bytes, start(code), length(code), entries[entry], entries[entry + 1]);
      int slot = (int) hash & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = tag(hash) | code + 1;
    }
  }

  /** The first eight bytes, zeros behind a shorter text. */
  static long head(byte[] source, int start, int length) {
    long word = Swar.load(source, start);
    return length >= 8 ? word : length == 0 ? 0 : word & -1L >>> 64 - 8 * length;
  }

  /** The last eight bytes; 0 for a text that has no more than its head. */
  static long tail(byte[] source, int start, int length) {
    return length > 8 ? Swar.load(source, start + length - 8) : 0;
  }

  /** Multiplied and folded, eight bytes a step. */
  static long hash(byte[] source, int start, int length, long head, long tail) {
    long h = (head ^ length * 0x9e3779b97f4a7c15L) * 0xd6e8feb86659fd93L;
    h = (h ^ h >>> 32 ^ tail) * 0x9e3779b97f4a7c15L;
    for (int i = 8; i + 8 < length; i += 8) {
      h = (h ^ h >>> 32 ^ Swar.load(source, start + i)) * 0xd6e8feb86659fd93L;
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
