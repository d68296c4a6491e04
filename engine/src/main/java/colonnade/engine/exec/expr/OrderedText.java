package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/**
 * Whether a text orders before a constant or behind it, by unsigned bytes.
 *
 * @param side -1 if texts pass that order before, 1 if those that order behind
 * @param orEqual whether the constant itself passes
 */
record OrderedText(byte[] constant, int side, boolean orEqual) implements TextTest {
  @Override
  public void keep(Kernels kernels, Vector values, boolean negate, Selection rows) {
    MemorySegment data = values.data();
    int[] list = rows.listOrNull();
    int[] out = rows.rows();
    int n = rows.count();
    int kept = 0;
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      long start = values.start(i);
      int order = compare(data, start, values.start(i + 1) - start);
      boolean passes = order == 0 ? orEqual : order < 0 == side < 0;
      out[kept] = i;
      kept += passes != negate ? 1 : 0;
    }
    rows.setList(rows.size(), kept);
  }

  private int compare(MemorySegment data, long start, long length) {
    int common = (int) Math.min(length, constant.length);
    for (int b = 0; b < common; b++) {
      int order = Byte.compareUnsigned(data.get(JAVA_BYTE, start + b), constant[b]);
      if (order != 0) {
        return order;
      }
    }
    return Long.compare(length, constant.length);
  }
}
