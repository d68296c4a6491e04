package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Whether a text begins with a constant, ends with it, or is it. */
final class AnchoredText implements TextTest {
  private final MemorySegment wanted;
  private final int length;
  private final boolean atStart;
  private final boolean atEnd;
  private final boolean opposite;

  /**
   * A test.
   *
   * @param opposite whether texts pass that are not so
   */
  AnchoredText(byte[] wanted, boolean atStart, boolean atEnd, boolean opposite) {
    this.wanted = MemorySegment.ofArray(wanted);
    this.length = wanted.length;
    this.atStart = atStart;
    this.atEnd = atEnd;
    this.opposite = opposite;
  }

  @Override
  public void keep(Kernels kernels, Vector values, boolean negate, Selection rows) {
    MemorySegment data = values.data();
    MemorySegment offsets = Objects.requireNonNull(values.offsets());
    long at = values.offsetsOffset();
    long first = values.dataOffset();
    int[] list = rows.listOrNull();
    int[] out = rows.rows();
    int n = rows.count();
    int kept = 0;
    boolean unwanted = opposite != negate;
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      long start = offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i);
      long end = offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i + 8);
      boolean longEnough = atStart && atEnd ? end - start == length : end - start >= length;
      boolean passes = longEnough && isAt(data, first + (atStart ? start : end - length));
      out[kept] = i;
      kept += passes != unwanted ? 1 : 0;
    }
    rows.setList(rows.size(), kept);
  }

  /** Words, and a last one that may repeat bytes of the one before. */
  private boolean isAt(MemorySegment data, long start) {
    if (length < Long.BYTES) {
      for (int b = 0; b < length; b++) {
        if (data.get(JAVA_BYTE, start + b) != wanted.get(JAVA_BYTE, b)) {
          return false;
        }
      }
      return true;
    }
    int last = length - Long.BYTES;
    for (int b = 0; b < last; b += Long.BYTES) {
      if (data.get(JAVA_LONG_UNALIGNED, start + b) != wanted.get(JAVA_LONG_UNALIGNED, b)) {
        return false;
      }
    }
    return data.get(JAVA_LONG_UNALIGNED, start + last) == wanted.get(JAVA_LONG_UNALIGNED, last);
  }
}
