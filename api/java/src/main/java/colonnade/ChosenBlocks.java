package colonnade;

import colonnade.engine.exec.Block;
import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.CopyMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.store.Dictionary;
import colonnade.error.ColonnadeException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Some blocks of a stored table, one after the other; each says where in the table it begins.
 * Nothing is known of them as a whole. Safe for all threads where the source is.
 *
 * @param rows the table; all its blocks but the last are whole
 * @param blocks the numbers of the blocks, ascending
 */
record ChosenBlocks(BlockSource rows, long[] blocks) implements BlockSource {
  @Override
  public String name() {
    return rows.name();
  }

  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public OptionalLong rowCount() {
    long all = rows.rowCount().orElseThrow();
    long count = 0;
    for (long block : blocks) {
      count += Math.min(Sizes.BLOCK_ROWS, all - block * Sizes.BLOCK_ROWS);
    }
    return OptionalLong.of(count);
  }

  @Override
  public long blockCount() {
    return blocks.length;
  }

  @Override
  public Block block(long index, int[] columns) {
    return rows.block(blocks[(int) index], columns);
  }

  @Override
  public Block block(long index, int[] columns, CopyMemory memory) {
    return rows.block(blocks[(int) index], columns, memory);
  }

  @Override
  public @Nullable Dictionary dictionary(int column) {
    return rows.dictionary(column);
  }

  @Override
  public RuntimeException translate(
      RuntimeException e, int[] columns, long firstRow, long rowCount) {
    return rows.translate(e, columns, firstRow, rowCount);
  }

  @Override
  public @Nullable ColonnadeException fault(int[] columns, long firstRow, long rowCount) {
    return rows.fault(columns, firstRow, rowCount);
  }

  @Override
  public String reading(int[] columns) {
    return rows.reading(columns);
  }
}
