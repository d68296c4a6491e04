package colonnade.engine.csv;

import colonnade.DataType;
import java.lang.foreign.Arena;

/** Reads whole numbers. */
final class LongReader extends FixedReader {
  private final LongText text = new LongText();
  private final long low;
  private final long high;

  LongReader(DataType type, NullRule nulls, CsvDialect dialect, Arena arena) {
    super(type, nulls, dialect, arena);
    boolean unsigned = type == DataType.U8 || type == DataType.U16 || type == DataType.U32;
    int bits = 8 * type.widthBytes();
    this.low = unsigned ? 0 : Long.MIN_VALUE >> 64 - bits;
    this.high = unsigned ? (1L << bits) - 1 : ~low;
  }

  @Override
  boolean value(int r, byte[] bytes, int start, int end) {
    long value = text.parse(bytes, start, end);
    values[r] = value;
    return !text.hasFailed() & value >= low & value <= high;
  }

  @Override
  boolean readPlain(FieldBatch batch, int column) {
    byte[] bytes = batch.bytes();
    long[] target = values;
    boolean fits = true;
    for (int r = 0; r < batch.rows(); r++) {
      int start = batch.start(r, column);
      int end = batch.end(r, column);
      if (end > start) {
        long value = text.parse(bytes, start, end);
        target[r] = value;
        fits &= value >= low & value <= high;
      } else {
        target[r] = 0;
        setNull(r);
      }
    }
    return !text.hasFailed() & fits;
  }

  @Override
  boolean wereUsual() {
    return !text.wasUnusual();
  }
}
