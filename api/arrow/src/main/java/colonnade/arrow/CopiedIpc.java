package colonnade.arrow;

import colonnade.Schema;
import colonnade.engine.exec.Block;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.StreamSource;
import colonnade.engine.exec.VectorBlock;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import colonnade.error.MalformedInputException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An IPC file read a record batch at a time into private memory, decompressed where it is
 * compressed. A pass holds the wanted columns of one batch and those of blocks that its reader has
 * not closed. Safe for all threads.
 */
public final class CopiedIpc implements StreamSource {
  private final IpcTable table;

  private CopiedIpc(IpcTable table) {
    this.table = table;
  }

  /**
   * The file at {@code path}; only its description is read here.
   *
   * @throws MalformedInputException if it is no Arrow file, cut short or damaged
   * @throws colonnade.error.UnsupportedFormatException if it is big-endian
   * @throws colonnade.error.StorageException if it cannot be read
   */
  public static CopiedIpc of(Path path) {
    try (IpcInput input = IpcInput.Copied.open(path)) {
      return new CopiedIpc(IpcTable.read(input));
    }
  }

  @Override
  public String name() {
    return table.path().toString();
  }

  @Override
  public Schema schema() {
    return table.schema();
  }

  @Override
  public OptionalLong rowCount() {
    return OptionalLong.of(table.rowCount());
  }

  @Override
  public @Nullable Dictionary dictionary(int column) {
    try (IpcInput input = IpcInput.Copied.open(table.path())) {
      return table.dictionary(input, column);
    }
  }

  @Override
  public Pass open(int[] columns) {
    table.check(columns);
    IpcInput input = IpcInput.Copied.open(table.path());
    if (input.size() != table.size()) {
      input.close();
      throw new MalformedInputException(
          name(),
          name() + " has changed: it had " + table.size() + " bytes, now it has " + input.size(),
          "Read it again.");
    }
    return new IpcPass(input, columns.clone());
  }

  /** The memory of one batch: the pass's share and one for each block that is open. */
  private static final class BatchMemory {
    private final LazyArena arena = new LazyArena();
    private final AtomicInteger holders = new AtomicInteger(1);

    void release() {
      if (holders.decrementAndGet() == 0) {
        arena.close();
      }
    }
  }

  private final class IpcPass implements Pass {
    private final IpcInput input;
    private final int[] columns;
    private int batch = -1;
    private long nextInBatch;
    private long firstRow;
    private @Nullable BatchMemory memory;
    private @Nullable BatchBuffers buffers;
    private @Nullable RuntimeException failure;

    IpcPass(IpcInput input, int[] columns) {
      this.input = input;
      this.columns = columns;
    }

    @Override
    public @Nullable Block next() {
      if (failure != null) {
        // Another worker may ask once more.
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
      long[] rows = table.layout().rows();
      while (batch < 0 || nextInBatch == rows[batch]) {
        release();
        if (batch + 1 == rows.length) {
          batch = rows.length - 1;
          nextInBatch = rows.length == 0 ? 0 : rows[batch];
          return null;
        }
        batch++;
        nextInBatch = 0;
      }
      BatchMemory held = memory;
      if (held == null) {
        held = new BatchMemory();
        memory = held;
        buffers = table.batch(input, batch, held.arena);
      }
      int count = (int) Math.min(Sizes.BLOCK_ROWS, rows[batch] - nextInBatch);
      Vector[] vectors =
          table.vectors(input, buffers, batch, columns, nextInBatch, count, held.arena);
      held.holders.incrementAndGet();
      Block block = new VectorBlock(firstRow, count, vectors, held::release);
      nextInBatch += count;
      firstRow += count;
      return block;
    }

    private void release() {
      if (memory != null) {
        memory.release();
        memory = null;
        buffers = null;
      }
    }

    @Override
    public void close() {
      release();
      input.close();
    }
  }
}
