package colonnade.arrow;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one dictionary, its deltas included. Arrow allows the same value and null several
 * times; entries here are unique and present, and {@code codes} leads from Arrow's codes to them.
 * Immutable; its memory is freed when nothing refers to it any more.
 *
 * @param size Arrow's entries
 * @param text entries of text or binary; null for numbers, and where there are no entries
 * @param codes by Arrow's code the entry here, -1 for null; null if they are the same
 * @param numbers entries that are no text, one vector for each part
 */
record IpcDictionary(
    int size, @Nullable Dictionary text, int @Nullable [] codes, List<Part> numbers) {
  private static final long BYTE_LIMIT = Integer.MAX_VALUE - 64;

  /** Entries that take no bytes in the file: there cannot be two that differ. */
  private static final int EMPTY_LIMIT = 1 << 16;

  /** Some entries: those from code {@code first} on. */
  record Part(int first, Vector values) {}

  /**
   * The dictionary whose entries are those of {@code parts}, one after the other.
   *
   * @param arena for copies of the parts; needed afterwards by numbers, not by text
   */
  static IpcDictionary of(IpcColumn column, List<BatchBuffers> parts, Arena arena) {
    long size = 0;
    for (BatchBuffers part : parts) {
      size += part.rows();
    }
    if (size > 1 << 28) {
      throw new BadIpc("a dictionary of " + size + " entries");
    }
    boolean empty =
        column.layout() == IpcColumn.Layout.NOTHING
            || column.layout() == IpcColumn.Layout.FIXED_BYTES && column.width() == 0;
    if (empty && size > EMPTY_LIMIT) {
      throw new BadIpc("a dictionary of " + size + " entries without bytes");
    }
    List<Part> read = new ArrayList<>();
    int first = 0;
    for (BatchBuffers part : parts) {
      int rows = (int) part.rows();
      if (rows > 0) {
        read.add(new Part(first, ColumnReader.values(column, part, 0, rows, arena)));
      }
      first += rows;
    }
    return column.type().isVariable()
        ? text(column, read, first, Arena.ofAuto())
        : new IpcDictionary(first, null, null, List.copyOf(read));
  }

  private static IpcDictionary text(IpcColumn column, List<Part> parts, int size, Arena arena) {
    int[] codes = new int[size];
    boolean same = true;
    Map<ByteBuffer, Integer> known = HashMap.newHashMap(size);
    var all = new ByteArrayOutputStream();
    List<Integer> ends = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      int end = p + 1 < parts.size() ? parts.get(p + 1).first() : size;
      for (int i = 0; i < end - part.first(); i++) {
        int at = part.first() + i;
        if (part.values().isNull(i)) {
          codes[at] = -1;
        } else {
          byte[] entry = part.values().bytesAt(i);
          Integer code = known.putIfAbsent(ByteBuffer.wrap(entry), known.size());
          if (code == null) {
            if (all.size() + (long) entry.length > BYTE_LIMIT) {
              throw new BadIpc("a dictionary of more than 2 GiB");
            }
            code = known.size() - 1;
            all.writeBytes(entry);
            ends.add(all.size());
          }
          codes[at] = code;
        }
        same &= codes[at] == at;
      }
    }
    if (ends.isEmpty()) {
      return new IpcDictionary(size, null, codes, List.of());
    }
    MemorySegment offsets = arena.allocate(8L * (ends.size() + 1), 64);
    for (int i = 0; i < ends.size(); i++) {
      offsets.set(JAVA_LONG_UNALIGNED, 8L * (i + 1), ends.get(i));
    }
    byte[] bytes = all.toByteArray();
    MemorySegment copy = arena.allocate(Math.max(1, bytes.length), 64);
    MemorySegment.copy(bytes, 0, copy, JAVA_BYTE, 0, bytes.length);
    return new IpcDictionary(
        size,
        new Dictionary(column.type(), ends.size(), offsets, copy),
        same ? null : codes,
        List.of());
  }
}
