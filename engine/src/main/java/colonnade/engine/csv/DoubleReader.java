package colonnade.engine.csv;

import colonnade.DataType;
import java.lang.foreign.Arena;

/** Reads numbers of floating point; f32 is rounded from f64. */
final class DoubleReader extends FixedReader {
  private final DoubleText text = new DoubleText();
  private final boolean isSingle;

  DoubleReader(DataType type, NullRule nulls, CsvDialect dialect, Arena arena) {
    super(type, nulls, dialect, arena);
    this.isSingle = type == DataType.F32;
  }

  @Override
  boolean value(int r, byte[] bytes, int start, int end) {
    values[r] = bits(text.parse(bytes, start, end));
    return !text.hasFailed();
  }

  @Override
  boolean readPlain(FieldBatch batch, int column) {
    byte[] bytes = batch.bytes();
    long[] target = values;
    for (int r = 0; r < batch.rows(); r++) {
      int start = batch.start(r, column);
      int end = batch.end(r, column);
      if (end > start) {
        target[r] = bits(text.parse(bytes, start, end));
      } else {
        target[r] = 0;
        setNull(r);
      }
    }
    return !text.hasFailed();
  }

  @Override
  boolean wereUsual() {
    return !text.wasUnusual();
  }

  private long bits(double value) {
    return isSingle ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
  }
}
