package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/**
 * Whether a text begins with a constant, ends with it, or is it. Up to eight bytes are compared at
 * once, without a branch on what they are; more only where these are equal.
 */
final class AnchoredText implements TextTest {
  private final MemorySegment wanted;
  private final int length;
  private final boolean atStart;
  private final boolean atEnd;
  private final boolean opposite;

  /** The first eight bytes, or all, and ones where they are. */
  private final long head;

  private final long mask;

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
    this.mask = length == 0 ? 0 : -1L >>> 8 * Math.max(0, Long.BYTES - length);
    this.head =
        MemorySegment.ofArray(Arrays.copyOf(wanted, Math.max(Long.BYTES, length)))
            .get(JAVA_LONG_UNALIGNED, 0);
  }

  @Override
  public void keep(Kernels kernels, Vector values, boolean negate, Selection rows) {
    MemorySegment data = values.data();
    MemorySegment offsets = Objects.requireNonNull(values.offsets());
    long at = values.offsetsOffset();
    long first = values.dataOffset();
    long last = data.byteSize() - Long.BYTES;
    int[] list = rows.listOrNull();
    int[] out = rows.rows();
    int n = rows.count();
    int kept = 0;
    boolean unwanted = opposite != negate;
    boolean isWhole = atStart && atEnd;
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      long start = first + offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i);
      long end = first + offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i + 8);
      long apart = end - start - length;
      boolean fits = isWhole ? apart == 0 : apart >= 0;
      // Of a text that is too short, any bytes.
      long from = atStart ? start : start + Math.max(0, apart);
      boolean passes =
          from <= last
              ? fits & ((data.get(JAVA_LONG_UNALIGNED, from) ^ head) & mask) == 0
              : fits && startsAt(data, from);
      if (passes && length > Long.BYTES) {
        passes = restIsAt(data, from);
      }
      out[kept] = i;
      kept += passes != unwanted ? 1 : 0;
    }
    rows.setList(rows.size(), kept);
  }

  /** The first eight bytes, or all, one by one. */
  private boolean startsAt(MemorySegment data, long from) {
    for (int b = 0; b < Math.min(length, Long.BYTES); b++) {
      if (data.get(JAVA_BYTE, from + b) != wanted.get(JAVA_BYTE, b)) {
        return false;
      }
    }
    return true;
  }

  /** Words, and a last one that may repeat bytes of the one before. */
  private boolean restIsAt(MemorySegment data, long from) {
    int last = length - Long.BYTES;
    for (int b = Long.BYTES; b < last; b += Long.BYTES) {
      if (data.get(JAVA_LONG_UNALIGNED, from + b) != wanted.get(JAVA_LONG_UNALIGNED, b)) {
        return false;
      }
    }
    return data.get(JAVA_LONG_UNALIGNED, from + last) == wanted.get(JAVA_LONG_UNALIGNED, last);
  }
}
