package colonnade.engine.csv;

import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;

/** Reads texts that are all known as their codes. */
final class CodeReader extends ColumnReader {
  private final TextColumn texts;
  private final int width;
  private final FixedBlock block;
  private final TextLookup lookup;
  private long[] batch = new long[0];

  CodeReader(TextColumn texts, NullRule nulls, CsvDialect dialect, Arena arena) {
    super(nulls, true, dialect, arena);
    this.texts = texts;
    this.lookup = texts.lookup();
    this.width = Dictionary.codeWidthBytes(texts.dictionary().size());
    this.block = new FixedBlock(width, arena);
  }

  @Override
  void begin(int count) {
    if (batch.length < count) {
      batch = new long[count];
    }
  }

  @Override
  boolean value(int r, byte[] bytes, int start, int end) {
    int code = texts.find(bytes, start, end);
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
    return Vector.coded(texts.dictionary(), width, block.segment(), 0, null, 0);
  }
}
