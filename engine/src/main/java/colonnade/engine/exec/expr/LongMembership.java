package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether an integer is one of some constants: looked up in a bitmap if they lie close together,
 * else by binary search.
 */
final class LongMembership extends FixedResult {
  private static final long WIDEST_BITMAP = 1 << 16;

  private final BoundExpression input;
  private final long[] sorted;
  private final @Nullable BitSet bitmap;

  /** {@code input} has 64-bit integers. */
  LongMembership(BoundExpression input, long[] constants, Worker worker) {
    super(DataType.BOOL, worker);
    this.input = input;
    this.sorted = Arrays.stream(constants).sorted().distinct().toArray();
    long width = sorted.length == 0 ? 0 : sorted[sorted.length - 1] - sorted[0];
    this.bitmap = width >= 0 && width < WIDEST_BITMAP ? new BitSet() : null;
    if (bitmap != null) {
      for (long value : sorted) {
        bitmap.set((int) (value - sorted[0]));
      }
    }
  }

  @Override
  void compute(Batch batch, Selection rows) {
    Vector values = input.evaluate(batch, rows);
    validity.and(values);
    int[] list = rows.listOrNull();
    for (int k = 0; k < rows.count(); k++) {
      int i = list == null ? k : list[k];
      long x = values.data().get(JAVA_LONG_UNALIGNED, values.dataOffset() + 8L * i);
      data.set(JAVA_BYTE, i, (byte) (contains(x) ? 1 : 0));
    }
  }

  private boolean contains(long x) {
    if (sorted.length == 0 || x < sorted[0] || x > sorted[sorted.length - 1]) {
      return false;
    }
    BitSet bits = bitmap;
    return bits != null ? bits.get((int) (x - sorted[0])) : Arrays.binarySearch(sorted, x) >= 0;
  }
}
