package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.DataType;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;

/** A {@link Blend} of values of fixed width: they are copied when taken. */
final class FixedBlend implements Blend {
  private final DataType type;
  private final MemorySegment data;
  private final ResultValidity validity;
  private int presentCount;

  FixedBlend(DataType type, Worker worker) {
    this.type = type;
    this.data = worker.scratch((long) worker.batchRows() * type.widthBytes());
    this.validity = new ResultValidity(worker);
  }

  @Override
  public void start(int rowCount) {
    validity.startNull(rowCount);
    presentCount = 0;
  }

  @Override
  public void take(Vector vector, Selection rows) {
    int[] list = rows.listOrNull();
    int n = rows.count();
    MemorySegment from = vector.data();
    long offset = vector.dataOffset();
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      switch (type.widthBytes()) {
        case 1 -> data.set(JAVA_BYTE, i, from.get(JAVA_BYTE, offset + i));
        case 2 -> {
          long at = 2L * i;
          data.set(JAVA_SHORT_UNALIGNED, at, from.get(JAVA_SHORT_UNALIGNED, offset + at));
        }
        case 4 -> {
          long at = 4L * i;
          data.set(JAVA_INT_UNALIGNED, at, from.get(JAVA_INT_UNALIGNED, offset + at));
        }
        default -> {
          long at = 8L * i;
          data.set(JAVA_LONG_UNALIGNED, at, from.get(JAVA_LONG_UNALIGNED, offset + at));
        }
      }
    }
    for (int k = 0; k < n; k++) {
      int i = list == null ? k : list[k];
      if (!vector.isNull(i)) {
        validity.setValid(i);
        presentCount++;
      }
    }
  }

  @Override
  public Vector finish(Selection rows) {
    boolean nulls = presentCount < rows.count();
    return Vector.fixed(
        type, data, 0, nulls ? validity.segment() : null, nulls ? validity.offset() : 0);
  }
}
