package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The least or the greatest text or bytes of each group, compared byte by byte, unsigned. */
final class TextExtreme extends Accumulator {
  private final HeapUse heap;
  private final boolean greatest;
  private @Nullable byte[][] texts = new byte[0][];

  TextExtreme(HeapUse heap, boolean greatest) {
    this.heap = heap;
    this.greatest = greatest;
  }

  @Override
  void resize(int capacity) {
    heap.reserve(8L * (capacity - texts.length));
    texts = Arrays.copyOf(texts, capacity);
  }

  @Override
  void update(ArgumentValues values) {
    Vector vector = values.vector();
    Dictionary entries = vector.dictionary();
    for (int i = 0; i < values.count; i++) {
      int row = values.rows == null ? i : values.rows[i];
      if (entries == null) {
        long start = vector.start(row);
        take(values.groups[i], vector.data(), start, vector.start(row + 1) - start);
      } else {
        int code = vector.code(row);
        take(values.groups[i], entries.bytes(), entries.start(code), entries.length(code));
      }
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    TextExtreme other = (TextExtreme) next;
    for (int i = 0; i < count; i++) {
      byte[] text = other.texts[from[start + i]];
      if (text != null) {
        take(to[i], MemorySegment.ofArray(text), 0, text.length);
      }
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      byte[] text = texts[groups[i]];
      if (text == null) {
        out.setNull(i);
      } else {
        out.setBytes(i, text);
      }
    }
  }

  private void take(int group, MemorySegment bytes, long start, long length) {
    byte[] best = texts[group];
    if (best != null) {
      int order = compare(bytes, start, length, best);
      if (greatest ? order <= 0 : order >= 0) {
        return;
      }
    }
    heap.reserve(16 + length - (best == null ? 0 : 16L + best.length));
    texts[group] = bytes.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private static int compare(MemorySegment bytes, long start, long length, byte[] other) {
    int common = (int) Math.min(length, other.length);
    for (int i = 0; i < common; i++) {
      int order = Byte.compareUnsigned(bytes.get(ValueLayout.JAVA_BYTE, start + i), other[i]);
      if (order != 0) {
        return order;
      }
    }
    return Long.compare(length, other.length);
  }
}
