package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;

/** Reads texts as their numbers in a table, which it adds new ones to while there is room. */
final class CollectingReader extends ColumnReader {
  private final TextTable table;
  private final FixedBlock block;
  private final TextLookup lookup;
  private long[] batch = new long[0];
  private int chunk;

  CollectingReader(TextTable table, NullRule nulls, CsvDialect dialect, Arena arena) {
    super(nulls, true, dialect, arena);
    this.table = table;
    this.lookup = new TextLookup(table, (bytes, from, to) -> table.add(bytes, from, to, chunk));
    this.block = new FixedBlock(Integer.BYTES, arena);
  }

  /** Says which chunk the next batches are of. */
  void beginChunk(int number) {
    clear();
    chunk = number;
  }

  @Override
  void begin(int count) {
    if (batch.length < count) {
      batch = new long[count];
    }
  }

  @Override
  boolean value(int r, byte[] bytes, int start, int end) {
    int code = table.add(bytes, start, end, chunk);
    batch[r] = Math.max(0, code);
    return code >= 0;
  }

  @Override
  void none(int r) {
    batch[r] = 0;
  }

  @Override
  boolean readPlain(FieldBatch fields, int column) {
    return lookup.codes(fields, column, batch, this);
  }

  @Override
  void end(int count) {
    block.put(batch, rows(), count);
  }

  @Override
  Vector values() {
    return Vector.fixed(DataType.I32, block.segment(), 0, null, 0);
  }
}
