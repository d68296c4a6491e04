package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Whether a text has no bytes, or whether it has some: told by the offsets alone. */
final class EmptyText implements TextTest {
  private final boolean opposite;

  /**
   * @param opposite whether texts pass that have bytes
   */
  EmptyText(boolean opposite) {
    this.opposite = opposite;
  }

  @Override
  public void keep(Kernels kernels, Vector values, boolean negate, Selection rows) {
    MemorySegment offsets = Objects.requireNonNull(values.offsets());
    long at = values.offsetsOffset();
    int[] list = rows.listOrNull();
    int[] out = rows.rows();
    int n = rows.count();
    int kept = 0;
    boolean empty = opposite == negate;
    if (list == null) {
      long start = n == 0 ? 0 : offsets.get(JAVA_LONG_UNALIGNED, at);
      for (int i = 0; i < n; i++) {
        long end = offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i + 8);
        out[kept] = i;
        kept += start == end == empty ? 1 : 0;
        start = end;
      }
    } else {
      for (int k = 0; k < n; k++) {
        int i = list[k];
        long start = offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i);
        long end = offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i + 8);
        out[kept] = i;
        kept += start == end == empty ? 1 : 0;
      }
    }
    rows.setList(rows.size(), kept);
  }
}
