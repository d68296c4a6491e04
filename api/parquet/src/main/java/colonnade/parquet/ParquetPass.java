package colonnade.parquet;

import colonnade.engine.exec.Block;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.StreamSource;
import colonnade.engine.exec.VectorBlock;
import colonnade.engine.store.Vector;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a file. Blocks end where row groups do, and earlier where their text grows large.
 */
final class ParquetPass implements StreamSource.Pass {
  static final int STEP_ROWS = Sizes.BATCH_ROWS;

  /** Text of one block, after which it ends. */
  private static final long BLOCK_BYTES = 1 << 26;

  /** Text of one step, above which steps get shorter. */
  private static final long STEP_BYTES = 1 << 22;

  private static final int SHORTEST_STEP = 64;

  private final ParquetFooter footer;
  private final FileChannel channel;
  private final ColumnDecoder[] decoders;
  private int rowGroup = -1;
  private long groupRows;
  private long firstRow;
  private int step = SHORTEST_STEP;
  private @Nullable RuntimeException failure;

  ParquetPass(ParquetFooter footer, FileChannel channel, ColumnDecoder[] decoders) {
    this.footer = footer;
    this.channel = channel;
    this.decoders = decoders;
  }

  @Override
  public @Nullable Block next() {
    if (failure != null) {
      // Another worker may ask once more; the decoders are in the middle of a step.
      throw failure;
    }
    try {
      return read();
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  private @Nullable Block read() {
    while (groupRows == 0) {
      if (++rowGroup >= footer.rowGroups().size()) {
        return null;
      }
      groupRows = footer.rowGroups().get(rowGroup).getNum_rows();
      if (groupRows > 0) {
        for (ColumnDecoder decoder : decoders) {
          guarded(
              decoder, d -> d.chunk(new ChunkPages(footer, channel, rowGroup, d.column), rowGroup));
        }
      }
    }
    Arena arena = Arena.ofShared();
    try {
      return block(arena);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private Block block(Arena arena) {
    int capacity = (int) Math.min(Sizes.BLOCK_ROWS, groupRows);
    for (ColumnDecoder decoder : decoders) {
      decoder.begin(arena, capacity);
    }
    int rows = 0;
    long bytes = 0;
    while (rows < capacity && bytes < BLOCK_BYTES) {
      int n = Math.min(step, capacity - rows);
      long sum = 0;
      for (ColumnDecoder decoder : decoders) {
        guarded(decoder, d -> d.read(n));
        sum += decoder.bytes();
      }
      step =
          sum - bytes > STEP_BYTES
              ? Math.max(SHORTEST_STEP, step / 2)
              : Math.min(STEP_ROWS, step * 2);
      bytes = sum;
      rows += n;
    }
    Vector[] vectors = new Vector[decoders.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = decoders[i].finish();
    }
    var block = new VectorBlock(firstRow, rows, vectors, arena::close);
    firstRow += rows;
    groupRows -= rows;
    return block;
  }

  private interface Work {
    void on(ColumnDecoder decoder);
  }

  private void guarded(ColumnDecoder decoder, Work work) {
    try {
      work.on(decoder);
    } catch (RuntimeException e) {
      throw ParquetSource.failure(footer, decoder.column, "row group " + rowGroup, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw ChunkInput.unreadable(footer.path(), e);
    }
  }
}
