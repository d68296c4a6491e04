package colonnade.parquet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/** Decodes a column of text or binary to plain vectors. Null rows hold no bytes. */
final class TextDecoder extends ColumnDecoder {
  private static final long FIRST_BYTES = 1 << 18;

  private final ValueBytes step = new ValueBytes();
  private final ValueBytes dictionary = new ValueBytes();
  private @Nullable BytesReader reader;
  private @Nullable Arena arena;
  private MemorySegment offsets = MemorySegment.NULL;
  private MemorySegment data = MemorySegment.NULL;
  private long size;
  private long limit = Long.MAX_VALUE;

  TextDecoder(ParquetColumn column, int stepRows) {
    super(column, stepRows);
  }

  @Override
  void allocate(Arena newArena, int rowCapacity) {
    arena = newArena;
    offsets = newArena.allocate((rowCapacity + 1L) * Long.BYTES, 64);
    data = newArena.allocate(FIRST_BYTES, 64);
    size = 0;
  }

  @Override
  void dictionary(Page page) {
    readDictionary(page, column, dictionary);
  }

  /** Bytes of the longest entry of the dictionary; 0 without one. */
  int longestEntry() {
    int longest = 0;
    for (int i = 0; i < dictionary.count; i++) {
      longest = Math.max(longest, dictionary.length(i));
    }
    return longest;
  }

  /** Makes it an error that a block takes more than {@code bytes}. */
  void limit(long bytes) {
    limit = bytes;
  }

  /** Reads the entries of a dictionary page. */
  static void readDictionary(Page page, ParquetColumn column, ValueBytes into) {
    into.clear();
    new PlainBytes(page.values(), column.length()).read(into, page.valueCount());
  }

  @Override
  void open(Page page) {
    if (ChunkPages.isCode(page.encoding())) {
      Bytes values = page.values();
      int bits = values.remaining() == 0 ? 0 : values.readByte();
      reader = new CodedBytes(new HybridRuns(values, bits), dictionary);
    } else {
      reader = reader(page, column);
    }
  }

  /** A reader of a page's values that are not codes. */
  static BytesReader reader(Page page, ParquetColumn column) {
    Encoding encoding = page.encoding();
    return switch (encoding) {
      // A dictionary's own entries are plain in either name.
      case PLAIN, PLAIN_DICTIONARY -> new PlainBytes(page.values(), column.length());
      case DELTA_LENGTH_BYTE_ARRAY -> new DeltaBytes(page.values(), page.valueCount(), false);
      case DELTA_BYTE_ARRAY -> new DeltaBytes(page.values(), page.valueCount(), true);
      default -> {
        if (encoding != Encoding.BYTE_STREAM_SPLIT
            || column.physical() != Type.FIXED_LEN_BYTE_ARRAY) {
          throw new BadPage(column.physical() + " values in encoding " + encoding);
        }
        yield new SplitBytes(page.values(), column.length());
      }
    };
  }

  @Override
  void values(int row, int n, int present) {
    step.clear();
    reader.read(step, present);
    int bytes = step.size();
    room(bytes);
    MemorySegment.copy(step.array, 0, data, JAVA_BYTE, size, bytes);
    long at = (row + 1L) * Long.BYTES;
    if (present == n) {
      for (int i = 0; i < n; i++) {
        offsets.set(JAVA_LONG_UNALIGNED, at + 8L * i, size + step.ends[i]);
      }
    } else {
      int value = 0;
      for (int i = 0; i < n; i++) {
        value += (int) levels[i];
        offsets.set(JAVA_LONG_UNALIGNED, at + 8L * i, size + step.start(value));
      }
    }
    size += bytes;
  }

  private void room(int more) {
    if (size + more > limit) {
      throw new BadPage("far more text than the footer says");
    }
    if (size + more > data.byteSize()) {
      MemorySegment larger = arena.allocate(Math.max(size + more, 2 * data.byteSize()), 64);
      MemorySegment.copy(data, 0, larger, 0, size);
      data = larger;
    }
  }

  @Override
  long bytes() {
    return size;
  }

  @Override
  Vector vector(@Nullable MemorySegment validity) {
    return Vector.variable(column.type(), data, 0, offsets, 0, validity, 0);
  }
}
