package colonnade.engine.exec;

import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import colonnade.error.ColonnadeException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A column of one table beside a column of another, row by row, as far as both go: {@code before}
 * and {@code after}. Owns neither. Safe for all threads.
 */
final class PairedColumns implements BlockSource {
  private final SnapshotSource[] sources;
  private final int[] columns;
  private final Schema schema;
  private final long rowCount;

  PairedColumns(SnapshotSource before, int beforeColumn, SnapshotSource after, int afterColumn) {
    this.sources = new SnapshotSource[] {before, after};
    this.columns = new int[] {beforeColumn, afterColumn};
    this.schema =
        new Schema(
            List.of(
                new Field("before", before.schema().type(beforeColumn)),
                new Field("after", after.schema().type(afterColumn))));
    this.rowCount = Math.min(before.snapshot().rowCount(), after.snapshot().rowCount());
  }

  @Override
  public String name() {
    return sources[1].name();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public OptionalLong rowCount() {
    return OptionalLong.of(rowCount);
  }

  @Override
  public long blockCount() {
    return (rowCount + Sizes.BLOCK_ROWS - 1) / Sizes.BLOCK_ROWS;
  }

  @Override
  public double bytesPerRow(int column) {
    return sources[column].bytesPerRow(columns[column]);
  }

  @Override
  public @Nullable Dictionary dictionary(int column) {
    return sources[column].dictionary(columns[column]);
  }

  @Override
  public boolean isOnDisk(int[] wanted) {
    return IntStream.of(wanted).anyMatch(c -> sources[c].isOnDisk(stored(c)));
  }

  @Override
  public void load(int column, long first, int count) {
    sources[column].load(columns[column], first, count);
  }

  @Override
  public void release(int column, long block) {
    sources[column].release(columns[column], block);
  }

  @Override
  public RuntimeException translate(RuntimeException e, int[] wanted, long firstRow, long count) {
    for (int c = 0; c < sources.length; c++) {
      RuntimeException translated = sources[c].translate(e, stored(c), firstRow, count);
      if (translated != e) {
        return translated;
      }
    }
    return e;
  }

  /** Looks at both, whichever is wanted: whoever compares them has read both. */
  @Override
  public @Nullable ColonnadeException fault(int[] wanted, long firstRow, long count) {
    ColonnadeException fault = sources[0].fault(stored(0), firstRow, count);
    return fault != null ? fault : sources[1].fault(stored(1), firstRow, count);
  }

  @Override
  public String reading(int[] wanted) {
    return sources[1].reading(stored(1));
  }

  private int[] stored(int column) {
    return new int[] {columns[column]};
  }

  @Override
  public Block block(long index, int[] wanted) {
    return paired(index, wanted, c -> sources[c].block(index, stored(c)));
  }

  @Override
  public Block block(long index, int[] wanted, CopyMemory memory) {
    return paired(index, wanted, c -> sources[c].block(index, stored(c), memory));
  }

  private Block paired(long index, int[] wanted, IntFunction<Block> opened) {
    @Nullable Block[] blocks = new @Nullable Block[sources.length];
    for (int column : wanted) {
      if (blocks[column] == null) {
        blocks[column] = opened.apply(column);
      }
    }
    long firstRow = index * Sizes.BLOCK_ROWS;
    int count = (int) Math.min(Sizes.BLOCK_ROWS, rowCount - firstRow);
    return new PairedBlock(firstRow, count, blocks, wanted);
  }

  private record PairedBlock(long firstRow, int rowCount, @Nullable Block[] blocks, int[] wanted)
      implements Block {
    @Override
    public Vector vector(int column, int from, int count) {
      return Objects.requireNonNull(blocks[wanted[column]]).vector(0, from, count);
    }

    @Override
    public void close() {
      for (Block block : blocks) {
        if (block != null) {
          block.close();
        }
      }
    }
  }
}
