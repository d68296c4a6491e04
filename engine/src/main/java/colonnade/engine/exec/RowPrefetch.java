package colonnade.engine.exec;

import colonnade.Schema;
import colonnade.engine.kernel.Layouts;
import colonnade.engine.plan.Expression;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Loads what the few rows of a block that passed its tests have in the columns that no test has
 * read, before the block is cut into batches. Nothing is done with a value here, so the processor
 * gets far ahead and waits for many cache lines at a time; loops that compute find them in the
 * cache. Changes no result; a fault is that of the later read. {@link Prefetcher} brings whole
 * blocks from disk to memory. Belongs to one worker.
 */
final class RowPrefetch {
  private static final int CACHE_LINE_BYTES = 64;

  /** At least so many of a column's cache lines to one that is loaded; between, it is no gain. */
  private static final int LINES_PER_ROW = 4;

  private final boolean[] tested;

  /** The rows at hand as a list; made when first needed. */
  private @Nullable Selection listed;

  /** What was loaded, so that loading it is not left out. */
  private byte loaded;

  /** For the rows that {@code condition} keeps of a scan of {@code schema}. */
  RowPrefetch(Expression condition, Schema schema) {
    tested = new boolean[schema.size()];
    condition.columns().forEach(name -> tested[schema.indexOf(name)] = true);
  }

  /** Loads what the rows that {@code block} keeps have in columns where they lie far apart. */
  void load(Batch block) {
    Selection kept = block.selection();
    int n = kept.count();
    int[] rows = null;
    for (int c = 0; c < tested.length; c++) {
      if (tested[c]) {
        continue;
      }
      Vector vector = block.encoded(c);
      int width = widthBytes(vector);
      if ((long) n * LINES_PER_ROW * CACHE_LINE_BYTES <= (long) block.size() * width) {
        if (rows == null) {
          rows = list(kept);
        }
        loaded ^= load(vector.data(), vector.dataOffset(), width, rows, n);
      }
    }
  }

  private int[] list(Selection kept) {
    Selection list = listed;
    if (list == null) {
      list = new Selection(Sizes.BLOCK_ROWS);
      listed = list;
    }
    list.copyFrom(kept);
    return list.toList();
  }

  /** Bytes of a value at its row; 0 if it is not found by its row alone. */
  private static int widthBytes(Vector vector) {
    return switch (vector.encoding()) {
      case PLAIN -> vector.type().isVariable() ? 0 : vector.type().widthBytes();
      case DICTIONARY, NARROW, SCALED -> vector.codeWidthBytes();
      case BITS, CONSTANT -> 0;
    };
  }

  private static byte load(MemorySegment data, long offset, int width, int[] rows, int n) {
    byte all = 0;
    for (int i = 0; i < n; i++) {
      all ^= data.get(Layouts.I8, offset + (long) rows[i] * width);
    }
    return all;
  }
}
