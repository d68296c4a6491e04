package colonnade.arrow;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one dictionary to be written, gathered from the dictionaries and texts of all
 * batches. Not safe for threads.
 */
final class TextEntries {
  private final DataType type;
  private final Map<ByteBuffer, Integer> known = new HashMap<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Long> ends = new ArrayList<>();
  private @Nullable Dictionary last;
  private int[] lastCodes = new int[0];

  TextEntries(DataType type) {
    this.type = type;
  }

  /** By code of {@code dictionary}, the code here. */
  int[] codes(Dictionary dictionary) {
    if (dictionary != last) {
      int[] codes = new int[dictionary.size()];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = code(dictionary.bytesOf(i));
      }
      last = dictionary;
      lastCodes = codes;
    }
    return lastCodes;
  }

  /** The code of one value. */
  int code(byte[] value) {
    Integer code = known.putIfAbsent(ByteBuffer.wrap(value), known.size());
    if (code != null) {
      return code;
    }
    bytes.writeBytes(value);
    ends.add((long) bytes.size());
    return known.size() - 1;
  }

  int size() {
    return ends.size();
  }

  /** All entries as plain text. */
  Vector vector(Arena arena) {
    MemorySegment offsets = arena.allocate(8L * (ends.size() + 1), 8);
    for (int i = 0; i < ends.size(); i++) {
      offsets.set(JAVA_LONG_UNALIGNED, 8L * (i + 1), ends.get(i));
    }
    MemorySegment copy = arena.allocate(Math.max(1, bytes.size()), 8);
    MemorySegment.copy(bytes.toByteArray(), 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.size());
    return Vector.variable(type, copy, 0, offsets, 0, null, 0);
  }
}
