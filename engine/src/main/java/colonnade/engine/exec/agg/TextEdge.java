package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.store.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The text or bytes in the first or the last row of each group, null or not. */
final class TextEdge extends Accumulator {
  private final HeapUse heap;
  private final boolean last;
  private @Nullable byte[][] texts = new byte[0][];
  private byte[] seen = new byte[0];

  /** The batch in which a group's last row was found, scanning it backwards. */
  private int[] foundIn = new int[0];

  private int batchNumber;

  TextEdge(HeapUse heap, boolean last) {
    this.heap = heap;
    this.last = last;
  }

  @Override
  void resize(int capacity) {
    heap.reserve(8L * (capacity - texts.length));
    texts = Arrays.copyOf(texts, capacity);
    seen = heap.grow(seen, capacity);
    foundIn = heap.grow(foundIn, capacity);
  }

  @Override
  void update(ArgumentValues values) {
    batchNumber++;
    Vector vector = values.vector();
    for (int k = 0; k < values.count; k++) {
      int i = last ? values.count - 1 - k : k;
      int group = values.groups[i];
      if (last ? foundIn[group] != batchNumber : seen[group] == 0) {
        int row = values.rows == null ? i : values.rows[i];
        set(group, vector.isNull(row) ? null : vector.bytesAt(row));
        foundIn[group] = batchNumber;
      }
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    TextEdge other = (TextEdge) next;
    for (int i = 0; i < count; i++) {
      int source = from[start + i];
      if (other.seen[source] != 0 && (last || seen[to[i]] == 0)) {
        set(to[i], other.texts[source]);
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

  private void set(int group, byte @Nullable [] text) {
    byte[] old = texts[group];
    heap.reserve((text == null ? 0 : 16L + text.length) - (old == null ? 0 : 16L + old.length));
    texts[group] = text;
    seen[group] = 1;
  }
}
