package colonnade.engine.exec;

import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Vector;
import colonnade.error.ColonnadeException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A source with random access: any worker may read any block at any time. Mapped tables and results
 * in memory.
 */
public non-sealed interface BlockSource extends Source {
  /**
   * The number of blocks; each but the last may have fewer rows than {@link Sizes#BLOCK_ROWS} too.
   */
  long blockCount();

  /** The rows of all blocks together. */
  @Override
  OptionalLong rowCount();

  /**
   * The block at {@code index}.
   *
   * @param columns positions in {@link #schema()} of the columns wanted, in the order wanted; only
   *     these are touched
   */
  Block block(long index, int[] columns);

  /**
   * As {@link #block(long, int[])}; what has to be copied, because it must not be read in place,
   * lies in {@code memory} until the block is closed.
   */
  default Block block(long index, int[] columns, CopyMemory memory) {
    return block(index, columns);
  }

  /**
   * The rows of blocks {@code [first, end)} as one, if these columns lie in place as plain values
   * without nulls, else null.
   */
  default @Nullable Block run(long first, long end, int[] columns) {
    return null;
  }

  /**
   * What is wrong with rows of these columns, looked for after a fault while they were read; null
   * if nothing is found.
   */
  default @Nullable ColonnadeException fault(int[] columns, long firstRow, long rowCount) {
    return null;
  }

  /** How rows of these columns come into memory, for explain. */
  default String reading(int[] columns) {
    return "mapped";
  }

  /**
   * Whether reading these columns would wait for a disk, as far as some samples tell; cheap to ask.
   */
  default boolean isOnDisk(int[] columns) {
    return false;
  }

  /**
   * Brings a column's values in blocks {@code [first, first + count)} into memory, if they are not
   * there; returns when they are. Called ahead of a scan, by any thread.
   */
  default void load(int column, long first, int count) {}

  /**
   * Says that a column's values in {@code block} will not be read again soon, so that the system
   * may use their memory for other things. Called by scans of more than the memory holds.
   */
  default void release(int column, long block) {}

  /** What is known of one block of a column without reading it, or null. */
  default @Nullable ColumnStatistics blockStatistics(int column, long index) {
    return null;
  }

  /**
   * All rows of a column as one window, plain or as codes, or null if they do not lie so.
   *
   * @param region memory for those that lie as bits, or as one value for all
   */
  default @Nullable Vector whole(int column, QueryContext context, QueryMemory.Region region) {
    return null;
  }
}
