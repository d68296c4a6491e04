package colonnade.parquet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Decodes a column of text or binary to codes of the file's {@link SharedDictionary}. */
final class CodeDecoder extends ColumnDecoder {
  private final SharedDictionary shared;
  private final int width;
  private final long[] step;
  private int[] codes = new int[0];
  private @Nullable HybridRuns runs;
  private MemorySegment data = MemorySegment.NULL;

  CodeDecoder(ParquetColumn column, int stepRows, SharedDictionary shared) {
    super(column, stepRows);
    this.shared = shared;
    this.width = Dictionary.codeWidthBytes(shared.dictionary().size());
    this.step = new long[stepRows];
  }

  @Override
  void chunk(ChunkPages newPages, int rowGroup) {
    super.chunk(newPages, rowGroup);
    codes = shared.codes()[rowGroup];
  }

  @Override
  void allocate(Arena arena, int rowCapacity) {
    data = arena.allocate((long) rowCapacity * width, 64);
  }

  @Override
  void dictionary(Page page) {
    // Read before the pass began.
  }

  @Override
  void open(Page page) {
    if (!ChunkPages.isCode(page.encoding())) {
      throw new BadPage("a page without codes, where the footer says that all have them");
    }
    Bytes values = page.values();
    int bits = values.remaining() == 0 ? 0 : values.readByte();
    runs = new HybridRuns(values, bits);
  }

  @Override
  void values(int row, int n, int present) {
    runs.read(step, 0, present);
    for (int i = 0; i < present; i++) {
      long code = step[i];
      if (code >= codes.length) {
        throw new BadPage("code " + code + " in a dictionary of " + codes.length);
      }
      step[i] = codes[(int) code];
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
      default -> {
        for (int i = 0; i < n; i++) {
          data.set(JAVA_INT_UNALIGNED, at + 4L * i, (int) step[i]);
        }
      }
    }
  }

  @Override
  Vector vector(@Nullable MemorySegment validity) {
    return Vector.coded(shared.dictionary(), width, data, 0, validity, 0);
  }
}
