package colonnade.parquet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/** Decodes a column of numbers, booleans or times. Null rows hold zero. */
final class NumberDecoder extends ColumnDecoder {
  private final int width;
  private final long[] step;
  private long[] dictionary = new long[0];
  private @Nullable NumberReader reader;
  private boolean converted;
  private MemorySegment data = MemorySegment.NULL;

  NumberDecoder(ParquetColumn column, int stepRows) {
    super(column, stepRows);
    this.width = column.type().widthBytes();
    this.step = new long[stepRows];
  }

  @Override
  void allocate(Arena arena, int rowCapacity) {
    data = arena.allocate((long) rowCapacity * width, 64);
  }

  @Override
  void dictionary(Page page) {
    if (page.valueCount() > page.values().remaining()) {
      throw new BadPage("a dictionary of more entries than bytes");
    }
    long[] entries = new long[page.valueCount()];
    NumberReader plain = plain(page);
    plain.read(entries, entries.length);
    if (column.isStoredAsNumber()) {
      column.conversion().apply(entries, entries.length, column.scale());
    }
    dictionary = entries;
  }

  @Override
  void open(Page page) {
    converted = !column.isStoredAsNumber() || ChunkPages.isCode(page.encoding());
    if (ChunkPages.isCode(page.encoding())) {
      Bytes values = page.values();
      int bits = values.remaining() == 0 ? 0 : values.readByte();
      reader = new CodedNumbers(new HybridRuns(values, bits), dictionary);
      return;
    }
    reader = column.isStoredAsNumber() ? number(page) : plain(page);
  }

  private NumberReader number(Page page) {
    Bytes values = page.values();
    Encoding encoding = page.encoding();
    return switch (encoding) {
      case PLAIN -> plain(page);
      case DELTA_BINARY_PACKED -> new DeltaIntegers(values, page.valueCount());
      case BYTE_STREAM_SPLIT ->
          switch (column.physical()) {
            case INT32, FLOAT -> new SplitNumbers(values, 4);
            case INT64, DOUBLE -> new SplitNumbers(values, 8);
            default -> throw unknown(encoding);
          };
      case RLE -> {
        int start = values.take(values.readInt());
        var runs = new HybridRuns(new Bytes(values.array, start, values.position), 1);
        yield (into, count) -> runs.read(into, 0, count);
      }
      default -> throw unknown(encoding);
    };
  }

  private NumberReader plain(Page page) {
    return column.isStoredAsNumber()
        ? new PlainNumbers(page.values(), column.physical())
        : new BytesNumbers(TextDecoder.reader(page, column), column);
  }

  private BadPage unknown(Encoding encoding) {
    return new BadPage(column.physical() + " values in encoding " + encoding);
  }

  @Override
  void values(int row, int n, int present) {
    reader.read(step, present);
    if (!converted) {
      column.conversion().apply(step, present, column.scale());
    }
    if (present < n) {
      // From the end, so that nothing is overwritten before it is moved.
      for (int i = n - 1, from = present; i >= 0; i--) {
        step[i] = levels[i] == 0 ? 0 : step[--from];
      }
    }
    long at = (long) row * width;
    switch (width) {
      case 1 -> {
        for (int i = 0; i < n; i++) {
          data.set(JAVA_BYTE, at + i, (byte) step[i]);
        }
      }
      case 2 -> {
        for (int i = 0; i < n; i++) {
          data.set(JAVA_SHORT_UNALIGNED, at + 2L * i, (short) step[i]);
        }
      }
      case 4 -> {
        for (int i = 0; i < n; i++) {
          data.set(JAVA_INT_UNALIGNED, at + 4L * i, (int) step[i]);
        }
      }
      default -> MemorySegment.copy(step, 0, data, JAVA_LONG_UNALIGNED, at, n);
    }
  }

  @Override
  Vector vector(@Nullable MemorySegment validity) {
    return Vector.fixed(column.type(), data, 0, validity, 0);
  }
}
