package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import colonnade.DataType;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/**
 * Plain text or binary values of one batch, written in the order of the rows; rows left out are
 * empty. The bytes grow to what the largest batch needs.
 */
final class TextOutput {
  private static final int FIRST_BYTES_PER_ROW = 16;

  private final Worker worker;
  private final MemorySegment offsets;
  private MemorySegment bytes;
  private long byteCount;
  private int nextRow;

  TextOutput(Worker worker) {
    this.worker = worker;
    this.offsets = worker.scratch((worker.batchRows() + 1L) * Long.BYTES);
    this.bytes = worker.scratch((long) worker.batchRows() * FIRST_BYTES_PER_ROW);
  }

  /** Starts a batch. */
  void start() {
    byteCount = 0;
    nextRow = 0;
  }

  /** The value of {@code row}, which is above those before. */
  void put(int row, TextBuffer value) {
    skipTo(row);
    reserve(value.length());
    MemorySegment.copy(value.bytes(), 0, bytes, JAVA_BYTE, byteCount, value.length());
    byteCount += value.length();
  }

  /** The value of {@code row}, which is above those before, from native memory. */
  void put(int row, MemorySegment from, long start, long length) {
    skipTo(row);
    reserve(length);
    MemorySegment.copy(from, start, bytes, byteCount, length);
    byteCount += length;
  }

  /** The values of all {@code rowCount} rows. */
  Vector finish(DataType type, int rowCount, ResultValidity validity) {
    skipTo(rowCount);
    return Vector.variable(type, bytes, 0, offsets, 0, validity.segment(), validity.offset());
  }

  private void skipTo(int row) {
    while (nextRow <= row) {
      offsets.set(JAVA_LONG, 8L * nextRow++, byteCount);
    }
  }

  private void reserve(long more) {
    if (byteCount + more > bytes.byteSize()) {
      MemorySegment larger = worker.scratch(Math.max(byteCount + more, 2 * bytes.byteSize()));
      MemorySegment.copy(bytes, 0, larger, 0, byteCount);
      bytes = larger;
    }
  }
}
