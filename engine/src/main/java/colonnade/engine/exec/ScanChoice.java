package colonnade.engine.exec;

import colonnade.engine.exec.expr.BlockCondition;
import colonnade.engine.exec.expr.BlockCondition.Verdict;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks of a source a scan reads, and of which it need not test the rows: told by the
 * blocks' statistics before anything is read; and which rows of a block it tests at all, where that
 * is in order. Immutable; safe for all threads.
 */
public final class ScanChoice {
  private final long blockCount;

  /** A verdict per block, or null where all are the same. */
  private final Verdict @Nullable [] verdicts;

  private final Verdict common;

  /** Searches in blocks; null where none is to be searched. */
  private final @Nullable Search search;

  private ScanChoice(
      long blockCount, Verdict @Nullable [] verdicts, Verdict common, @Nullable Search search) {
    this.blockCount = blockCount;
    this.verdicts = verdicts;
    this.common = common;
    this.search = search;
  }

  /** The choice for {@code pipeline}, which starts at {@code source}. */
  static ScanChoice of(Pipeline pipeline, BlockSource source) {
    if (pipeline.condition() == null) {
      return new ScanChoice(source.blockCount(), null, Verdict.ALL, null);
    }
    return of(
        source, pipeline.columns(), BlockCondition.of(pipeline.condition(), pipeline.scanSchema()));
  }

  /**
   * The choice for rows of {@code source} that fulfil {@code condition}.
   *
   * @param columns positions in the source of the columns of the condition's schema
   */
  public static ScanChoice of(BlockSource source, int[] columns, BlockCondition condition) {
    long blockCount = source.blockCount();
    if (!condition.usesStatistics() || blockCount > Integer.MAX_VALUE) {
      return new ScanChoice(blockCount, null, condition.on(_ -> null), null);
    }
    // A verdict on all rows spares reading the statistics of blocks.
    Verdict whole = condition.on(c -> source.statistics(columns[c]));
    if (whole != Verdict.SOME) {
      return new ScanChoice(blockCount, null, whole, null);
    }
    Verdict[] verdicts = new Verdict[(int) blockCount];
    for (int b = 0; b < verdicts.length; b++) {
      int block = b;
      verdicts[b] = condition.on(c -> source.blockStatistics(columns[c], block));
    }
    boolean same = Arrays.stream(verdicts).allMatch(v -> v == Verdict.SOME);
    return new ScanChoice(
        blockCount, same ? null : verdicts, Verdict.SOME, new Search(source, columns, condition));
  }

  /** A condition on the blocks of a source. */
  private record Search(BlockSource source, int[] columns, BlockCondition condition) {
    BlockCondition.Statistics statistics(long block) {
      return c -> source.blockStatistics(columns[c], block);
    }
  }

  /**
   * The rows of block {@code index} that can pass; reads some values of columns that are in order.
   *
   * @param block the columns of the condition's schema
   */
  RowRange rows(long index, Block block) {
    int rowCount = block.rowCount();
    return search == null || of(index) != Verdict.SOME
        ? RowRange.of(rowCount, of(index) == Verdict.ALL)
        : search.condition.search(
            search.statistics(index), c -> block.vector(c, 0, rowCount), rowCount);
  }

  /** The number of blocks in which the rows that pass are found by binary search. */
  public long searchedCount() {
    if (search == null) {
      return 0;
    }
    return LongStream.range(0, blockCount)
        .filter(b -> of(b) == Verdict.SOME && search.condition.canSearch(search.statistics(b)))
        .count();
  }

  /** What is known of the rows of block {@code block}. */
  public Verdict of(long block) {
    return verdicts == null ? common : verdicts[(int) block];
  }

  /** The number of blocks with this verdict. */
  public long count(Verdict verdict) {
    return verdicts == null
        ? common == verdict ? blockCount : 0
        : Arrays.stream(verdicts).filter(v -> v == verdict).count();
  }

  /**
   * The chunks of {@code perChunk} blocks that have anything to read, in order; null for all of
   * them. Chunks are cut as if nothing was left out, so that results are the same bits.
   */
  long @Nullable [] chunks(int perChunk) {
    if (count(Verdict.NONE) == 0) {
      return null;
    }
    long[] chunks = new long[Math.toIntExact((blockCount + perChunk - 1) / perChunk)];
    int kept = 0;
    for (long b = 0; b < blockCount; b++) {
      if (of(b) != Verdict.NONE && (kept == 0 || chunks[kept - 1] != b / perChunk)) {
        chunks[kept++] = b / perChunk;
      }
    }
    return Arrays.copyOf(chunks, kept);
  }

  /** The rows in the blocks that are read; -1 if the source does not know its rows. */
  long rowCount(BlockSource source) {
    long rows = source.rowCount().orElse(-1);
    long left = count(Verdict.NONE);
    if (rows < 0 || left == 0) {
      return rows;
    }
    if (left == blockCount) {
      return 0;
    }
    // All blocks of a source with statistics are full, but for the last.
    boolean last = of(blockCount - 1) == Verdict.NONE;
    return rows
        - (left - (last ? 1 : 0)) * Sizes.BLOCK_ROWS
        - (last ? rows - (blockCount - 1) * Sizes.BLOCK_ROWS : 0);
  }
}
