package colonnade.parquet;

import colonnade.engine.exec.Block;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.StreamSource;
import colonnade.engine.exec.VectorBlock;
import colonnade.engine.store.Vector;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a file. Blocks end where row groups do, and earlier where their text grows large.
 * Usually a block is only laid out here, and decoded by the worker that takes it; where a block's
 * text could be large, it is decoded here, as far as its size allows.
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
  private final Supplier<ColumnDecoder[]> newDecoders;
  private int rowGroup = -1;
  private @Nullable RowGroupReader group;
  private boolean bounded;
  private long groupRows;
  private long firstRow;
  private int step = SHORTEST_STEP;
  private @Nullable RuntimeException failure;

  ParquetPass(ParquetFooter footer, FileChannel channel, Supplier<ColumnDecoder[]> newDecoders) {
    this.footer = footer;
    this.channel = channel;
    this.newDecoders = newDecoders;
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
        group = new RowGroupReader(footer, channel, rowGroup, newDecoders.get());
        bounded = group.isBounded((int) Math.min(Sizes.BLOCK_ROWS, groupRows), BLOCK_BYTES);
      }
    }
    RowGroupReader reader = Objects.requireNonNull(group);
    int capacity = (int) Math.min(Sizes.BLOCK_ROWS, groupRows);
    Block block = bounded ? reader.block(firstRow, capacity) : stepwise(reader, capacity);
    firstRow += block.rowCount();
    groupRows -= block.rowCount();
    return block;
  }

  private Block stepwise(RowGroupReader reader, int capacity) {
    Arena arena = Arena.ofShared();
    try {
      return stepwise(reader, capacity, arena);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private Block stepwise(RowGroupReader reader, int capacity, Arena arena) {
    ColumnDecoder[] decoders = reader.decoders();
    for (ColumnDecoder decoder : decoders) {
      decoder.begin(arena, capacity);
    }
    int rows = 0;
    long bytes = 0;
    while (rows < capacity && bytes < BLOCK_BYTES) {
      int n = Math.min(step, capacity - rows);
      long sum = 0;
      for (ColumnDecoder decoder : decoders) {
        reader.guarded(decoder, d -> d.read(n));
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
    return new VectorBlock(firstRow, rows, vectors, arena::close);
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
