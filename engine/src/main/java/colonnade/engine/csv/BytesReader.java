package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.engine.kernel.Swar;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Reads text as it is, and bytes in hexadecimal. */
final class BytesReader extends ColumnReader {
  private final DataType type;
  private final Arena arena;
  private final FixedBlock offsets;
  private MemorySegment bytes;
  private long byteCount;
  private byte[] text = new byte[1 << 12];
  private int textLength;
  private long[] ends = new long[0];

  BytesReader(DataType type, NullRule nulls, CsvDialect dialect, Arena arena) {
    super(nulls, type == DataType.UTF8, dialect, arena);
    this.type = type;
    this.arena = arena;
    this.offsets = new FixedBlock(Long.BYTES, arena);
    this.bytes = arena.allocate(1 << 16, 64);
  }

  @Override
  void clear() {
    super.clear();
    byteCount = 0;
    textLength = 0;
    offsets.put(new long[1], 0, 1);
  }

  @Override
  void begin(int count) {
    textLength = 0;
    if (ends.length < count) {
      ends = new long[count];
    }
  }

  @Override
  boolean value(int r, byte[] source, int start, int end) {
    int length = end - start;
    if (textLength + length + Swar.PADDING_BYTES > text.length) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, textLength + length + 4096));
    }
    if (type == DataType.BINARY) {
      return hex(r, source, start, end);
    }
    if (length <= 16) {
      Swar.store(text, textLength, Swar.load(source, start));
      Swar.store(text, textLength + 8, Swar.load(source, start + 8));
    } else {
      System.arraycopy(source, start, text, textLength, length);
    }
    textLength += length;
    ends[r] = byteCount + textLength;
    return true;
  }

  private boolean hex(int r, byte[] source, int start, int end) {
    int first = start;
    int last = end;
    while (first < last && source[first] == ' ') {
      first++;
    }
    while (first < last && source[last - 1] == ' ') {
      last--;
    }
    boolean valid = (last - first & 1) == 0;
    for (int i = first; i + 1 < last; i += 2) {
      int high = Character.digit(source[i], 16);
      int low = Character.digit(source[i + 1], 16);
      valid &= high >= 0 && low >= 0;
      text[textLength++] = (byte) (high << 4 | low);
    }
    ends[r] = byteCount + textLength;
    return valid;
  }

  @Override
  void none(int r) {
    ends[r] = byteCount + textLength;
  }

  @Override
  boolean readPlain(FieldBatch batch, int column) {
    byte[] source = batch.bytes();
    boolean valid = true;
    for (int r = 0; r < batch.rows(); r++) {
      int start = batch.start(r, column);
      int end = batch.end(r, column);
      if (end > start) {
        valid &= value(r, source, start, end);
      } else {
        none(r);
        setNull(r);
      }
    }
    textLength = valid ? textLength : 0;
    return valid;
  }

  @Override
  void end(int count) {
    offsets.put(ends, rows() + 1, count);
    long needed = byteCount + textLength;
    if (needed > bytes.byteSize()) {
      MemorySegment larger = arena.allocate(Math.max(needed, 2 * bytes.byteSize()), 64);
      MemorySegment.copy(bytes, 0, larger, 0, byteCount);
      bytes = larger;
    }
    MemorySegment.copy(text, 0, bytes, ValueLayout.JAVA_BYTE, byteCount, textLength);
  }

  @Override
  void keep(int count) {
    super.keep(count);
    byteCount += textLength;
  }

  @Override
  Vector values() {
    return Vector.variable(type, bytes, 0, offsets.segment(), 0, null, 0);
  }
}
