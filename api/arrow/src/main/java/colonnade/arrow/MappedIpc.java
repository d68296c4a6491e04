package colonnade.arrow;

import colonnade.Schema;
import colonnade.engine.exec.Block;
import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.VectorBlock;
import colonnade.engine.store.Dictionary;
import colonnade.error.UnsupportedFormatException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An uncompressed IPC file used where it lies: vectors are windows on the mapped file wherever
 * Arrow's layout is ours. Safe for all threads. The mapping is undone when nothing refers to it any
 * more; until then the file must not be cut short.
 */
public final class MappedIpc implements BlockSource {
  private final IpcInput input;
  private final IpcTable table;
  private final int[] batchOf;
  private final long[] firstInBatch;
  private final long[] firstRow;

  private MappedIpc(IpcInput input, IpcTable table) {
    this.input = input;
    this.table = table;
    long blocks = 0;
    for (long rows : table.layout().rows()) {
      blocks += Math.ceilDiv(rows, (long) Sizes.BLOCK_ROWS);
    }
    int count = Math.toIntExact(Math.min(blocks, Integer.MAX_VALUE - 8L));
    this.batchOf = new int[count];
    this.firstInBatch = new long[count];
    this.firstRow = new long[count];
    int block = 0;
    long row = 0;
    for (int batch = 0; batch < table.layout().rows().length; batch++) {
      long rows = table.layout().rows()[batch];
      for (long first = 0; first < rows; first += Sizes.BLOCK_ROWS, block++) {
        batchOf[block] = batch;
        firstInBatch[block] = first;
        firstRow[block] = row + first;
      }
      row += rows;
    }
  }

  /**
   * Maps the file at {@code path}.
   *
   * @throws colonnade.error.MalformedInputException if it is no Arrow file, cut short or damaged
   * @throws UnsupportedFormatException if it is compressed or big-endian
   * @throws colonnade.error.StorageException if it cannot be mapped
   */
  public static MappedIpc map(Path path) {
    IpcInput input = IpcInput.Mapped.open(path);
    IpcTable table = IpcTable.read(input);
    if (table.layout().compressed()) {
      throw new UnsupportedFormatException(
          path.toString(),
          path + " is compressed and cannot be used in place",
          "Use Arrow.read, which decompresses a batch at a time.");
    }
    return new MappedIpc(input, table);
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
  public long blockCount() {
    return batchOf.length;
  }

  @Override
  public @Nullable Dictionary dictionary(int column) {
    return table.dictionary(input, column);
  }

  @Override
  public Block block(long index, int[] columns) {
    table.check(columns);
    int block = Math.toIntExact(index);
    int batch = batchOf[block];
    long first = firstInBatch[block];
    int count = (int) Math.min(Sizes.BLOCK_ROWS, table.layout().rows()[batch] - first);
    LazyArena copies = new LazyArena();
    try {
      BatchBuffers buffers = table.batch(input, batch, copies);
      return new VectorBlock(
          firstRow[block],
          count,
          table.vectors(input, buffers, batch, columns, first, count, copies),
          copies::close);
    } catch (RuntimeException e) {
      copies.close();
      throw e;
    }
  }
}
