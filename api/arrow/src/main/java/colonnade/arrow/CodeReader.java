package colonnade.arrow;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Makes vectors of dictionary codes: in place where Arrow's codes are ours, otherwise copies;
 * numbers are looked up. Every code of a present row is checked.
 */
final class CodeReader {
  private CodeReader() {}

  static Vector read(
      IpcColumn column,
      IpcColumn.Codes stored,
      BatchBuffers batch,
      long first,
      int count,
      Arena arena,
      @Nullable IpcDictionary dictionary) {
    int width = stored.width();
    MemorySegment validity =
        batch.validity(stored.node(), stored.buffer(), stored.view(), first + count);
    MemorySegment data =
        batch.buffer(stored.buffer() + 1, stored.view(), Math.multiplyExact(first + count, width));
    int size = dictionary == null ? 0 : dictionary.size();
    int[] entries = dictionary == null ? null : dictionary.codes();
    int[] codes = new int[count];
    boolean usable = width < 8 && entries == null;
    boolean nulls = validity != null;
    for (int i = 0; i < count; i++) {
      long code = code(data, first + i, width);
      boolean known = code >= 0 && code < size;
      if (validity != null && !ColumnReader.isSet(validity, first + i)) {
        codes[i] = -1;
        usable &= known;
        continue;
      }
      if (!known) {
        throw new BadIpc("code " + code + " in a dictionary of " + size);
      }
      codes[i] = entries == null ? (int) code : entries[(int) code];
      nulls |= codes[i] < 0;
    }
    Dictionary text = dictionary == null ? null : dictionary.text();
    if (text != null && usable) {
      return Vector.coded(text, width, data, first * width, validity, first >> 3);
    }
    MemorySegment present = nulls ? validity(codes, arena) : null;
    if (column.type().isVariable()) {
      return text == null
          ? nothing(column, count, arena, present)
          : Vector.coded(
              text, Math.min(width, 4), copy(codes, Math.min(width, 4), arena), 0, present, 0);
    }
    return numbers(column, codes, dictionary, arena, present);
  }

  private static long code(MemorySegment data, long row, int width) {
    return switch (width) {
      // A negative code and one above 127 look alike; neither is below the size of what fits.
      case 1 -> data.get(JAVA_BYTE, row) & 0xff;
      case 2 -> data.get(JAVA_SHORT_UNALIGNED, row * 2) & 0xffff;
      case 4 -> data.get(JAVA_INT_UNALIGNED, row * 4);
      default -> data.get(JAVA_LONG_UNALIGNED, row * 8);
    };
  }

  private static MemorySegment validity(int[] codes, Arena arena) {
    MemorySegment bits = arena.allocate(Math.max(1, codes.length + 7 >> 3), 64);
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] >= 0) {
        bits.set(JAVA_BYTE, i >> 3, (byte) (bits.get(JAVA_BYTE, i >> 3) | 1 << (i & 7)));
      }
    }
    return bits;
  }

  private static MemorySegment copy(int[] codes, int width, Arena arena) {
    MemorySegment copy = arena.allocate(Math.max(1, (long) width * codes.length), 64);
    for (int i = 0; i < codes.length; i++) {
      int code = Math.max(0, codes[i]);
      switch (width) {
        case 1 -> copy.set(JAVA_BYTE, i, (byte) code);
        case 2 -> copy.set(JAVA_SHORT_UNALIGNED, 2L * i, (short) code);
        default -> copy.set(JAVA_INT_UNALIGNED, 4L * i, code);
      }
    }
    return copy;
  }

  /** Text of which every row is null: a dictionary without entries has no code for them. */
  private static Vector nothing(
      IpcColumn column, int count, Arena arena, @Nullable MemorySegment present) {
    MemorySegment zeros = arena.allocate(8L * (count + 1), 64);
    return Vector.variable(column.type(), zeros, 0, zeros, 0, present, 0);
  }

  private static Vector numbers(
      IpcColumn column,
      int[] codes,
      @Nullable IpcDictionary dictionary,
      Arena arena,
      @Nullable MemorySegment present) {
    int width = column.type().widthBytes();
    MemorySegment data = arena.allocate(Math.max(1, (long) width * codes.length), 64);
    MemorySegment bits = present;
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 0 || dictionary == null) {
        continue;
      }
      IpcDictionary.Part part = part(dictionary, codes[i]);
      int at = codes[i] - part.first();
      Vector values = part.values();
      MemorySegment.copy(
          values.data(), values.dataOffset() + (long) at * width, data, (long) i * width, width);
      if (values.isNull(at)) {
        if (bits == null) {
          bits = validity(new int[codes.length], arena);
        }
        bits.set(JAVA_BYTE, i >> 3, (byte) (bits.get(JAVA_BYTE, i >> 3) & ~(1 << (i & 7))));
      }
    }
    return Vector.fixed(column.type(), data, 0, bits, 0);
  }

  private static IpcDictionary.Part part(IpcDictionary dictionary, int code) {
    IpcDictionary.Part found = dictionary.numbers().get(0);
    for (IpcDictionary.Part part : dictionary.numbers()) {
      if (part.first() <= code) {
        found = part;
      }
    }
    return found;
  }
}
