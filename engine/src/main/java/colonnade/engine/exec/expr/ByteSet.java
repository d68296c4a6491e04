package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import colonnade.DataType;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Dictionary;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Distinct byte strings on the heap, numbered in order of first appearance: open addressing with
 * linear probing. Safe for all threads once nothing is added any more.
 */
final class ByteSet {
  private final TextBuffer all = new TextBuffer();
  private int[] ends = new int[16];
  private int[] slots = new int[32];
  private int size;

  /** The number of strings. */
  int size() {
    return size;
  }

  /** The number of {@code value}, which is added if it is new. */
  int add(byte[] value, int length) {
    int slot = slot(value, length);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    all.append(value, 0, length);
    if (size + 1 == ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    ends[++size] = all.length();
    slots[slot] = size;
    if (4 * size > 3 * slots.length) {
      grow();
    }
    return size - 1;
  }

  /** Whether {@code value} is here. */
  boolean contains(byte[] value, int length) {
    return slots[slot(value, length)] != 0;
  }

  /** The strings as a dictionary in the query's memory. */
  Dictionary toDictionary(DataType type, QueryMemory memory) {
    MemorySegment offsets = memory.allocate((size + 1L) * Long.BYTES);
    for (int i = 0; i <= size; i++) {
      offsets.set(JAVA_LONG, 8L * i, ends[i]);
    }
    MemorySegment bytes = memory.allocate(all.length());
    MemorySegment.copy(all.bytes(), 0, bytes, JAVA_BYTE, 0, all.length());
    return new Dictionary(type, size, offsets, bytes);
  }

  private int slot(byte[] value, int length) {
    int mask = slots.length - 1;
    int slot = hash(value, 0, length) & mask;
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (Arrays.equals(all.bytes(), ends[entry], ends[entry + 1], value, 0, length)) {
        break;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int entry = 0; entry < size; entry++) {
      int slot = hash(all.bytes(), ends[entry], ends[entry + 1]) & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = entry + 1;
    }
  }

  private static int hash(byte[] bytes, int start, int end) {
    int h = 0;
    for (int i = start; i < end; i++) {
      h = 31 * h + bytes[i];
    }
    h *= 0x9e3779b1;
    return h ^ h >>> 15;
  }
}
