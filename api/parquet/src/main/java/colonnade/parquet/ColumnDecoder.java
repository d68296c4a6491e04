package colonnade.parquet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Turns the pages of one column into vectors, block after block: {@link #begin}, {@link #read} in
 * steps, {@link #finish}. {@link #chunk} comes before the rows of a row group. Not safe for
 * threads.
 */
abstract class ColumnDecoder {
  final ParquetColumn column;

  /** Which rows of the present step are there, 1 or 0, where not all are. */
  final long[] levels;

  private final int stepRows;
  private @Nullable ChunkPages pages;
  private @Nullable Page page;
  private int pageRows;
  private @Nullable Arena arena;
  private int capacity;
  private int rows;
  private @Nullable MemorySegment validity;

  ColumnDecoder(ParquetColumn column, int stepRows) {
    this.column = column;
    this.stepRows = stepRows;
    this.levels = new long[stepRows];
  }

  /** Continues with the pages of another row group. */
  void chunk(ChunkPages newPages, int rowGroup) {
    pages = newPages;
    page = null;
    pageRows = 0;
  }

  /** Reads the first page: from then on the dictionary is known, if there is one. */
  final void first() {
    nextPage();
  }

  /** Starts a block of at most {@code rowCapacity} rows in memory of {@code newArena}. */
  void begin(Arena newArena, int rowCapacity) {
    arena = newArena;
    capacity = rowCapacity;
    rows = 0;
    validity = null;
    allocate(newArena, rowCapacity);
  }

  /** Adds the next {@code count} rows to the block. */
  final void read(int count) {
    while (count > 0) {
      if (pageRows == 0) {
        nextPage();
        continue;
      }
      int n = Math.min(Math.min(count, pageRows), stepRows);
      int present = n;
      HybridRuns runs = page.levels();
      if (runs != null) {
        runs.read(levels, 0, n);
        present = 0;
        for (int i = 0; i < n; i++) {
          present += (int) levels[i];
        }
        if (present < n || validity != null) {
          mark(n);
        }
      } else if (validity != null) {
        java.util.Arrays.fill(levels, 0, n, 1);
        mark(n);
      }
      values(rows, n, present);
      rows += n;
      pageRows -= n;
      count -= n;
    }
  }

  /** The block's rows; the decoder may begin the next block. */
  final Vector finish() {
    return vector(validity);
  }

  /** Bytes that the block takes so far, where they depend on the values. */
  long bytes() {
    return 0;
  }

  private void nextPage() {
    Page next = pages.next();
    if (next.isDictionary()) {
      dictionary(next);
      return;
    }
    page = next;
    pageRows = next.valueCount();
    open(next);
  }

  private void mark(int n) {
    MemorySegment bits = validity;
    if (bits == null) {
      bits = arena.allocate(capacity + 7L >>> 3, 64);
      for (int i = 0; i < rows; i++) {
        set(bits, i);
      }
      validity = bits;
    }
    for (int i = 0; i < n; i++) {
      if (levels[i] != 0) {
        set(bits, rows + i);
      }
    }
  }

  private static void set(MemorySegment bits, int row) {
    long at = row >> 3;
    bits.set(JAVA_BYTE, at, (byte) (bits.get(JAVA_BYTE, at) | 1 << (row & 7)));
  }

  /** Memory for a block. */
  abstract void allocate(Arena arena, int rowCapacity);

  /** Takes a dictionary page. */
  abstract void dictionary(Page page);

  /** Prepares for the values of a page with rows. */
  abstract void open(Page page);

  /**
   * Stores rows {@code [row, row + n)} of the block, of which {@code present} are there; where that
   * is fewer than {@code n}, {@link #levels} says which.
   */
  abstract void values(int row, int n, int present);

  /** A vector of the rows stored. */
  abstract Vector vector(@Nullable MemorySegment validity);
}
