package colonnade.engine.exec.agg;

import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.store.Vector;

/** The values of fixed width in the first or the last row of each group, null or not. */
final class Edge extends Accumulator {
  private static final byte UNSEEN = 0;
  private static final byte VALUE = 1;
  private static final byte NULL = 2;

  private final HeapUse heap;
  private final boolean last;
  private long[] cells = new long[0];
  private byte[] status = new byte[0];

  Edge(HeapUse heap, boolean last) {
    this.heap = heap;
    this.last = last;
  }

  @Override
  void resize(int capacity) {
    cells = heap.grow(cells, capacity);
    status = heap.grow(status, capacity);
  }

  @Override
  void update(ArgumentValues values) {
    Vector vector = values.vector();
    boolean nulls = vector.validity() != null;
    long[] longs = values.longs();
    for (int i = 0; i < values.count; i++) {
      int group = values.groups[i];
      if (last || status[group] == UNSEEN) {
        int row = values.rows == null ? i : values.rows[i];
        cells[group] = longs[i];
        status[group] = nulls && vector.isNull(row) ? NULL : VALUE;
      }
    }
  }

  @Override
  void merge(Accumulator next, int[] from, int start, int[] to, int count) {
    Edge other = (Edge) next;
    for (int i = 0; i < count; i++) {
      int source = from[start + i];
      int target = to[i];
      if (other.status[source] != UNSEEN && (last || status[target] == UNSEEN)) {
        cells[target] = other.cells[source];
        status[target] = other.status[source];
      }
    }
  }

  @Override
  void write(int[] groups, int[] ordinals, int count, ResultColumn out) {
    for (int i = 0; i < count; i++) {
      if (status[groups[i]] == VALUE) {
        out.setCell(i, cells[groups[i]]);
      } else {
        out.setNull(i);
      }
    }
  }
}
