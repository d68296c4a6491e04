package colonnade.engine.store;

import colonnade.engine.store.format.TableFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory for the rows of constant columns: up to a block of one value, which all windows on such a
 * column show, so that reading them costs no memory bus. Columns of the same bits share one, those
 * that are all null among them. Belongs to a snapshot, whose lock guards it.
 */
final class ConstantBlocks {
  private final Map<Key, MemorySegment> blocks = new HashMap<>();

  private record Key(int widthBytes, long bits) {}

  /** As many rows of {@code bits} as a window on a column of {@code rowCount} rows can show. */
  MemorySegment of(int widthBytes, long bits, long rowCount, Arena arena) {
    return blocks.computeIfAbsent(
        new Key(widthBytes, bits),
        key -> {
          long rows = Math.min(rowCount, TableFormat.BLOCK_ROWS);
          MemorySegment block = arena.allocate(rows * widthBytes, 64);
          if (bits != 0) {
            FixedBits.fill(block, widthBytes, bits);
          }
          return block;
        });
  }
}
