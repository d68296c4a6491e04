package colonnade.engine.store;

import colonnade.DataType;
import colonnade.engine.store.format.TableFormat;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a file of validity anew, with what a patch says of some rows. Stateless. */
final class PatchedBits {
  private static final int ROWS = TableFormat.BLOCK_ROWS;

  private PatchedBits() {}

  /**
   * A file of the validity of a column's first rows.
   *
   * @param target new and empty
   * @param old what they are without the patch, for at least so many rows; null if all are present
   */
  static BitFile write(AppendFile target, @Nullable BitFile old, long rowCount, Patch patch) {
    BitFile result = BitFile.begin(target, 0);
    ByteBuffer bytes = ByteBuffer.allocate(ROWS / 8);
    MemorySegment bits = MemorySegment.ofBuffer(bytes);
    RowBits rows = new RowBits(ROWS);
    for (long row = 0; row < rowCount; row += ROWS) {
      int n = (int) Math.min(ROWS, rowCount - row);
      if (old == null) {
        bits.fill((byte) -1);
      } else {
        old.read(bytes.clear().limit((n + 7) / 8), row / 8);
      }
      patch.applyToValidity(bits, 0, row, row + n);
      rows.load(Vector.fixed(DataType.I8, bits, 0, bits, 0), 0, n);
      result.append(rows);
    }
    return result;
  }
}
