package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.exec.Worker;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The validity of one expression's result: none, that of an argument without a copy, or bits of its
 * own. Set anew for each batch, beginning with {@link #start}.
 */
final class ResultValidity {
  private final Kernels kernels;
  private final MemorySegment own;
  private @Nullable MemorySegment segment;
  private long offset;
  private boolean owned;
  private int rowCount;

  ResultValidity(Worker worker) {
    this.kernels = worker.kernels();
    this.own = worker.scratch((worker.batchRows() + 63) / 64 * 8L);
  }

  /** Starts a batch of {@code rows} rows, none of them null. */
  void start(int rows) {
    rowCount = rows;
    segment = null;
    offset = 0;
    owned = false;
  }

  /** Rows that are null in {@code vector} are null in the result too. */
  void and(Vector vector) {
    MemorySegment other = vector.validity();
    if (other == null) {
      return;
    }
    MemorySegment present = segment;
    if (present == null) {
      segment = other;
      offset = vector.validityOffset();
      return;
    }
    kernels.andValidity(present, offset, other, vector.validityOffset(), rowCount, own, 0);
    segment = own;
    offset = 0;
    owned = true;
  }

  /** Starts a batch of {@code rows} rows, all of them null until {@link #setValid}. */
  void startNull(int rows) {
    start(rows);
    own.asSlice(0, (rows + 63) / 64 * 8L).fill((byte) 0);
    segment = own;
    owned = true;
  }

  /** Makes row {@code row} null. */
  void setNull(int row) {
    MemorySegment bits = ownBits();
    long at = row >> 3;
    bits.set(JAVA_BYTE, at, (byte) (bits.get(JAVA_BYTE, at) & ~(1 << (row & 7))));
  }

  /** Makes row {@code row} valid. */
  void setValid(int row) {
    if (segment == null) {
      return;
    }
    MemorySegment bits = ownBits();
    long at = row >> 3;
    bits.set(JAVA_BYTE, at, (byte) (bits.get(JAVA_BYTE, at) | 1 << (row & 7)));
  }

  /** The bits of its own, for the caller to write all of; the result has nulls from now on. */
  MemorySegment overwrite() {
    segment = own;
    offset = 0;
    owned = true;
    return own;
  }

  /** Whether row {@code row} is null now. */
  boolean isNull(int row) {
    MemorySegment bits = segment;
    return bits != null && (bits.get(JAVA_BYTE, offset + (row >> 3)) >> (row & 7) & 1) == 0;
  }

  /** The bits; null for no nulls. */
  @Nullable MemorySegment segment() {
    return segment;
  }

  /** Offset of the bits in {@link #segment}. */
  long offset() {
    return offset;
  }

  /** Validity of the rows {@code 64 w .. 64 w + 63} of {@code vector}; bits past the rows are 0. */
  static long word(Vector vector, int w, int rowCount) {
    MemorySegment bits = vector.validity();
    if (bits == null) {
      int left = rowCount - (w << 6);
      return left >= 64 ? -1L : (1L << left) - 1;
    }
    return word(bits, vector.validityOffset(), w, rowCount);
  }

  private static long word(MemorySegment bits, long offset, int w, int rowCount) {
    int left = rowCount - (w << 6);
    if (left >= 64) {
      return bits.get(JAVA_LONG_UNALIGNED, offset + 8L * w);
    }
    long word = 0;
    for (int b = 0; b < left; b += 8) {
      word |= (bits.get(JAVA_BYTE, offset + 8L * w + (b >> 3)) & 0xffL) << b;
    }
    return word & (1L << left) - 1;
  }

  private MemorySegment ownBits() {
    MemorySegment present = segment;
    if (!owned) {
      int words = (rowCount + 63) >>> 6;
      for (int w = 0; w < words; w++) {
        own.set(JAVA_LONG, 8L * w, present == null ? -1L : word(present, offset, w, rowCount));
      }
      segment = own;
      offset = 0;
      owned = true;
    }
    return own;
  }
}
