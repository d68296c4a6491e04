package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Whether a text orders before a constant or behind it, by unsigned bytes. The first eight bytes
 * are compared as one number; the rest only where these are equal.
 */
final class OrderedText implements TextTest {
  private final byte[] constant;
  private final int side;
  private final boolean orEqual;

  /** The first eight bytes, followed by zeros if there are fewer, as an unsigned number. */
  private final long head;

  /**
   * A test.
   *
   * @param side -1 if texts pass that order before, 1 if those that order behind
   * @param orEqual whether the constant itself passes
   */
  OrderedText(byte[] constant, int side, boolean orEqual) {
    this.constant = constant;
    this.side = side;
    this.orEqual = orEqual;
    this.head = head(MemorySegment.ofArray(constant), 0, constant.length);
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
    int behind = side < 0 ? 0 : 1;
    int flip = negate ? 1 : 0;
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      long start = first + offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i);
      long length = first + offsets.get(JAVA_LONG_UNALIGNED, at + 8L * i + 8) - start;
      long own =
          start <= last
              ? cut(Long.reverseBytes(data.get(JAVA_LONG_UNALIGNED, start)), length)
              : head(data, start, length);
      // The borrow of own - head: 1 if it is below, without a branch on what the texts are.
      int below = (int) ((~own & head | ~(own ^ head) & own - head) >>> 63);
      out[kept] = i;
      kept += own == head ? tie(data, start, length) ^ flip : below ^ behind ^ flip;
    }
    rows.setList(rows.size(), kept);
  }

  /** The first {@code length} of eight bytes, and zeros. */
  private static long cut(long bytes, long length) {
    return length >= Long.BYTES ? bytes : bytes & ~(-1L >>> 8 * length);
  }

  private static long head(MemorySegment data, long start, long length) {
    long head = 0;
    for (int b = 0; b < Math.min(Long.BYTES, length); b++) {
      head |= (data.get(JAVA_BYTE, start + b) & 0xffL) << 56 - 8 * b;
    }
    return head;
  }

  /** 1 if a text passes whose first eight bytes are those of the constant, else 0. */
  private int tie(MemorySegment data, long start, long length) {
    int common = (int) Math.min(length, constant.length);
    int order = 0;
    for (int b = Math.min(common, Long.BYTES); b < common && order == 0; b++) {
      order = Byte.compareUnsigned(data.get(JAVA_BYTE, start + b), constant[b]);
    }
    if (order == 0) {
      order = Long.compare(length, constant.length);
    }
    boolean passes = order == 0 ? orEqual : order < 0 == side < 0;
    return passes ? 1 : 0;
  }
}
