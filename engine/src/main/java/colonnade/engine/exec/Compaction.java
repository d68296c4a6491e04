package colonnade.engine.exec;

import colonnade.Schema;
import java.util.List;

/** Joins many small blocks, as a selective filter leaves them, into few full ones. */
final class Compaction {
  private static final int SMALL_ROWS = Sizes.BLOCK_ROWS / 8;

  private Compaction() {}

  /** The rows of {@code blocks}, in blocks that are not much smaller than they could be. */
  static List<MemoryTable.Rows> of(
      List<MemoryTable.Rows> blocks, Schema schema, QueryMemory.Region region) {
    long rows = blocks.stream().mapToLong(MemoryTable.Rows::rowCount).sum();
    if (blocks.size() < 2 || rows / blocks.size() >= SMALL_ROWS) {
      return blocks;
    }
    RowCollector collector = new RowCollector(schema, region);
    blocks.forEach(collector::append);
    return collector.blocks();
  }
}
