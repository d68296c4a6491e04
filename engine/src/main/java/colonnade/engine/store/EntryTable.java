package colonnade.engine.store;

import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The distinct byte strings of a dictionary that grows, each with its number in order of first
 * appearance: open addressing with linear probing over hashes, at most half full. A slot holds hash
 * and code together, because a table beyond the cache costs a miss for every array it looks at. On
 * the heap: about the entries' bytes and 28 bytes for each, for a moment three times that when it
 * doubles. Not thread-safe.
 */
final class EntryTable {
  /** Entries up to which {@link EncodingChoice#AUTO} keeps a dictionary. */
  private static final int MAX_AUTO_ENTRIES = 1 << 20;

  /** Bytes of entries up to which {@link EncodingChoice#AUTO} keeps a dictionary. */
  private static final int MAX_AUTO_BYTES = 16 << 20;

  private static final int MAX_BYTES = TableFormat.MAX_DICTIONARY_BYTES;

  private static final int MAX_ENTRIES = TableFormat.MAX_DICTIONARY_ENTRIES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int maxEntries;
  private final int maxBytes;
  private byte[] bytes = new byte[256];
  private int[] ends = new int[16];
  private long[] slots = new long[32];
  private int size;

  private EntryTable(int maxEntries, int maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** An empty table for a column whose encoding was chosen like this. */
  static EntryTable of(EncodingChoice choice) {
    return choice == EncodingChoice.DICTIONARY
        ? new EntryTable(MAX_ENTRIES, MAX_BYTES)
        : new EntryTable(MAX_AUTO_ENTRIES, MAX_AUTO_BYTES);
  }

  /**
   * The entries of a committed column, compared with their checksums.
   *
   * @throws colonnade.error.CorruptColumnException if they are damaged
   */
  static EntryTable of(WriteSession session, ManifestColumn known, EncodingChoice choice) {
    ManifestFile offsets = Objects.requireNonNull(known.file(FileRole.DICTIONARY_OFFSETS));
    ManifestFile bytes = Objects.requireNonNull(known.file(FileRole.DICTIONARY_BYTES));
    PieceCheck.require(session.table(), known, offsets);
    PieceCheck.require(session.table(), known, bytes);
    ByteBuffer starts = session.read(offsets.name(), 0, offsets.lengthBytes());
    byte[] text = session.read(bytes.name(), 0, bytes.lengthBytes()).array();
    EntryTable entries = of(choice);
    for (int i = 0; i < known.dictionarySize(); i++) {
      int start = Math.toIntExact(starts.getLong(8 * i));
      int end = Math.toIntExact(starts.getLong(8 * (i + 1)));
      entries.load(text, start, end - start);
    }
    return entries;
  }

  /** The number of entries. */
  int size() {
    return size;
  }

  /** The bytes of all entries together. */
  int byteCount() {
    return size == 0 ? 0 : ends[size - 1];
  }

  /** Where entry {@code code} begins in {@link #bytes()}. */
  int start(int code) {
    return code == 0 ? 0 : ends[code - 1];
  }

  /** Where entry {@code code} ends in {@link #bytes()}. */
  int end(int code) {
    return ends[code];
  }

  /** All entries, one after the other; replaced when it grows. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * The code of this entry, which is added if it is new; -1 if it is new and passes what a
   * dictionary can hold.
   */
  int codeOf(byte[] source, int start, int length) {
    return codeOf(source, start, length, maxEntries, maxBytes);
  }

  /**
   * Takes the next entry of a dictionary that was written before, whatever the limits.
   *
   * @return false if it has been there already
   */
  boolean load(byte[] source, int start, int length) {
    return codeOf(source, start, length, MAX_ENTRIES, MAX_BYTES) == size - 1;
  }

  private int codeOf(byte[] source, int start, int length, int entryLimit, int byteLimit) {
    int hash = hash(source, start, length);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int code = (int) slots[slot] - 1;
      if ((int) (slots[slot] >>> 32) == hash
          && Arrays.equals(bytes, start(code), ends[code], source, start, start + length)) {
        return code;
      }
      slot = slot + 1 & mask;
    }
    if (size >= entryLimit || length > byteLimit - byteCount()) {
      return -1;
    }
    add(source, start, length, hash, slot);
    return size - 1;
  }

  private void add(byte[] source, int start, int length, int hash, int slot) {
    int from = byteCount();
    int to = from + length;
    if (to > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(to, 2L * bytes.length)));
    }
    System.arraycopy(source, start, bytes, from, length);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
    }
    ends[size] = to;
    slots[slot] = (long) hash << 32 | ++size;
    if (2 * size > slots.length) {
      long[] narrow = slots;
      slots = new long[2 * narrow.length];
      int mask = slots.length - 1;
      for (long entry : narrow) {
        if (entry != 0) {
          int free = (int) (entry >>> 32) & mask;
          while (slots[free] != 0) {
            free = free + 1 & mask;
          }
          slots[free] = entry;
        }
      }
    }
  }

  /** As {@link #codeOf(byte[], int, int)}, from memory outside the heap. */
  int codeOf(MemorySegment source, long start, int length) {
    byte[] copy = new byte[length];
    MemorySegment.copy(source, start, MemorySegment.ofArray(copy), 0, length);
    return codeOf(copy, 0, length);
  }

  /**
   * Eight bytes a step, multiplied by an odd constant and folded, as in wyhash's family; the length
   * is part of it.
   */
  private static int hash(byte[] source, int start, int length) {
    long h = length * 0x9E3779B97F4A7C15L;
    int i = start;
    int end = start + length;
    for (; i + 8 <= end; i += 8) {
      h = (h ^ (long) LONGS.get(source, i)) * 0xD6E8FEB86659FD93L;
      h ^= h >>> 32;
    }
    long rest = 0;
    for (; i < end; i++) {
      rest = rest << 8 | source[i] & 0xff;
    }
    h = (h ^ rest) * 0xD6E8FEB86659FD93L;
    h ^= h >>> 32;
    return (int) (h ^ h >>> 16);
  }
}
