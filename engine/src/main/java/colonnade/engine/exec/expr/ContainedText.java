package colonnade.engine.exec.expr;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/**
 * Whether a constant occurs in a text. Since the texts of a batch lie one after the other, all of
 * them are searched at once while many rows are kept.
 */
record ContainedText(byte[] wanted) implements TextTest {
  /** Where fewer rows than one in this many are kept, each is searched by itself. */
  private static final int SPARSE = 4;

  @Override
  public void keep(Kernels kernels, Vector values, boolean negate, Selection rows) {
    int size = rows.size();
    if (wanted.length == 0) {
      if (negate) {
        rows.setList(size, 0);
      }
    } else if (rows.count() * SPARSE < size) {
      keepEach(kernels, values, negate, rows);
    } else {
      long[] found = find(kernels, values, size);
      long[] words = rows.toBitmap();
      for (int w = 0; w < found.length; w++) {
        words[w] &= negate ? ~found[w] : found[w];
      }
      rows.setBitmap(size);
    }
  }

  /** The rows that have it, as a bitmap. */
  private long[] find(Kernels kernels, Vector values, int size) {
    long[] found = new long[(size + 63) >>> 6];
    MemorySegment data = values.data();
    long at = values.start(0);
    long end = values.start(size);
    int row = 0;
    for (long place = kernels.find(data, at, end, wanted);
        place >= 0;
        place = kernels.find(data, at, end, wanted)) {
      long next = values.start(row + 1);
      while (next <= place) {
        row++;
        next = values.start(row + 1);
      }
      // What reaches into the next row is no find, and nothing behind it in this row can be one.
      found[row >>> 6] |= place + wanted.length <= next ? 1L << row : 0;
      at = next;
      row++;
    }
    return found;
  }

  private void keepEach(Kernels kernels, Vector values, boolean negate, Selection rows) {
    MemorySegment data = values.data();
    int[] list = rows.toList();
    int kept = 0;
    for (int k = 0; k < rows.count(); k++) {
      int i = list[k];
      boolean has = kernels.find(data, values.start(i), values.start(i + 1), wanted) >= 0;
      list[kept] = i;
      kept += has != negate ? 1 : 0;
    }
    rows.setList(rows.size(), kept);
  }
}
