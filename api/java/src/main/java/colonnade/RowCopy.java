package colonnade;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A row that was copied out of a table: it stays as it is, whatever becomes of the table. */
final class RowCopy {
  private static final int WIDEST_BYTES = 8;

  private RowCopy() {}

  /** A copy of row {@code index} of the vectors. */
  static Row of(Schema schema, Vector[] vectors, int index, long number) {
    Arena arena = Arena.ofAuto();
    Row.Cell[] cells = new Row.Cell[vectors.length];
    for (int c = 0; c < cells.length; c++) {
      cells[c] = new Row.Cell(copy(vectors[c], index, arena), 0);
    }
    return new Row(schema, column -> cells[column], number);
  }

  private static Vector copy(Vector vector, int index, Arena arena) {
    DataType type = vector.type();
    MemorySegment data = arena.allocate(2 * WIDEST_BYTES, WIDEST_BYTES);
    if (vector.isNull(index)) {
      // A bit that is not set.
      return type.isVariable()
          ? Vector.variable(type, data, 0, data, 0, data, 0)
          : Vector.fixed(type, data, 0, data, 0);
    }
    if (type.isVariable()) {
      byte[] bytes = vector.bytesAt(index);
      data.set(JAVA_LONG_UNALIGNED, WIDEST_BYTES, bytes.length);
      MemorySegment text = arena.allocate(Math.max(1, bytes.length));
      MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
      return Vector.variable(type, text, 0, data, 0, null, 0);
    }
    if (type == DataType.F64) {
      data.set(JAVA_LONG_UNALIGNED, 0, Double.doubleToRawLongBits(vector.doubleAt(index)));
    } else if (type == DataType.F32) {
      data.set(JAVA_LONG_UNALIGNED, 0, Float.floatToRawIntBits((float) vector.doubleAt(index)));
    } else {
      data.set(JAVA_LONG_UNALIGNED, 0, vector.longAt(index));
    }
    return Vector.fixed(type, data, 0, null, 0);
  }
}
