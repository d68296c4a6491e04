package colonnade.parquet;

import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * The decoders of one row group's columns. Threads decode blocks of it side by side: each column by
 * one thread at a time, its blocks in order. A thread that needs a block's column decodes those of
 * the blocks before on the way, so none ever waits for a thread that is elsewhere. Safe for all
 * threads. After a failure every later use fails with the same error.
 */
final class RowGroupReader {
  private final ParquetFooter footer;
  private final int rowGroup;
  private final ColumnDecoder[] decoders;
  private final AtomicIntegerArray decoded;
  private final List<LazyBlock> blocks = new CopyOnWriteArrayList<>();
  private volatile @Nullable RuntimeException failure;

  RowGroupReader(
      ParquetFooter footer, FileChannel channel, int rowGroup, ColumnDecoder[] decoders) {
    this.footer = footer;
    this.rowGroup = rowGroup;
    this.decoders = decoders;
    this.decoded = new AtomicIntegerArray(decoders.length);
    for (ColumnDecoder decoder : decoders) {
      guarded(decoder, d -> d.chunk(new ChunkPages(footer, channel, rowGroup, d.column), rowGroup));
    }
  }

  /**
   * Whether blocks of so many rows hold no more text than {@code limitBytes}, whichever rows they
   * are. Reads dictionaries; to be asked once, before the first block.
   */
  boolean isBounded(int blockRows, long limitBytes) {
    long bytes = 0;
    for (ColumnDecoder decoder : decoders) {
      if (decoder instanceof TextDecoder text) {
        ColumnMetaData chunk = footer.chunk(rowGroup, text.column);
        bytes += chunk.getTotal_uncompressed_size();
        // Texts that repeat the beginning of those before are longer than their pages.
        if (bytes < 0
            || bytes > limitBytes
            || chunk.getEncodings().contains(Encoding.DELTA_BYTE_ARRAY)) {
          return false;
        }
        guarded(text, ColumnDecoder::first);
        bytes += (long) blockRows * text.longestEntry();
      }
    }
    if (bytes > limitBytes) {
      return false;
    }
    for (ColumnDecoder decoder : decoders) {
      if (decoder instanceof TextDecoder text) {
        text.limit(4 * limitBytes);
      }
    }
    return true;
  }

  /** The next block, not decoded yet. */
  LazyBlock block(long firstRow, int rowCount) {
    LazyBlock block = new LazyBlock(this, blocks.size(), firstRow, rowCount, decoders.length);
    blocks.add(block);
    return block;
  }

  /** Decodes column {@code column} of all blocks up to number {@code block}. */
  void decode(int column, int block) {
    if (decoded.get(column) > block) {
      return;
    }
    ColumnDecoder decoder = decoders[column];
    synchronized (decoder) {
      while (decoded.get(column) <= block) {
        if (failure != null) {
          throw failure;
        }
        try {
          blocks.get(decoded.get(column)).decode(column, decoder);
        } catch (RuntimeException e) {
          failure = ParquetSource.failure(footer, decoder.column, "row group " + rowGroup, e);
          throw failure;
        }
        decoded.incrementAndGet(column);
      }
    }
  }

  /** Waits for threads that are at block {@code block} on the way to a later one. */
  void awaitDecoders(int block) {
    for (int c = 0; c < decoders.length; c++) {
      if (decoded.get(c) <= block) {
        synchronized (decoders[c]) {
          // Whoever comes next sees that the block is closed.
          continue;
        }
      }
    }
  }

  /** All columns, for who decodes them in steps, alone. */
  ColumnDecoder[] decoders() {
    return decoders;
  }

  /** Something to do with a decoder. */
  interface Work {
    void on(ColumnDecoder decoder);
  }

  /** Does it; a failure names file, column and row group. */
  void guarded(ColumnDecoder decoder, Work work) {
    try {
      work.on(decoder);
    } catch (RuntimeException e) {
      throw ParquetSource.failure(footer, decoder.column, "row group " + rowGroup, e);
    }
  }
}
