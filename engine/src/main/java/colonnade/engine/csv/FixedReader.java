package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;

/** Reads values of one width, of which a batch is kept as longs. */
abstract class FixedReader extends ColumnReader {
  /** The values of the batch: whole numbers, or the bits of others. */
  long[] values = new long[0];

  private final DataType type;
  private final FixedBlock block;

  FixedReader(DataType type, NullRule nulls, CsvDialect dialect, Arena arena) {
    super(nulls, false, dialect, arena);
    this.type = type;
    this.block = new FixedBlock(type.widthBytes(), arena);
  }

  /** The type. */
  final DataType type() {
    return type;
  }

  @Override
  final void begin(int count) {
    if (values.length < count) {
      values = new long[count];
    }
  }

  @Override
  final void none(int r) {
    values[r] = 0;
  }

  @Override
  final void end(int count) {
    block.put(values, rows(), count);
  }

  @Override
  final Vector values() {
    return Vector.fixed(type, block.segment(), 0, null, 0);
  }
}
