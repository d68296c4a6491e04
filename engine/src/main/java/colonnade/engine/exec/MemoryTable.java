package colonnade.engine.exec;

import colonnade.Schema;
import colonnade.engine.store.Vector;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Rows in memory: the result of a query, or of a part of one. Immutable; safe for all threads until
 * {@link #close}, which frees the memory. Vectors may refer to dictionaries of the tables that the
 * rows came from; those of {@link Executor#collect} do not.
 */
public final class MemoryTable implements BlockSource, AutoCloseable {
  private final String name;
  private final Schema schema;
  private final List<Rows> blocks;
  private final long[] firstRows;
  private final long rowCount;
  private final AutoCloseable memory;

  /**
   * Dense rows, at most {@link Sizes#BLOCK_ROWS}.
   *
   * @param rowCount the number of rows
   * @param vectors one window per column from its first row on
   */
  public record Rows(int rowCount, Vector[] vectors) {
    /**
     * Rows {@code [from, from + count)}: a window where {@code from} is a multiple of 8, otherwise
     * a copy in {@code region}.
     */
    public Rows slice(int from, int count, QueryMemory.Region region) {
      Vector[] parts = new Vector[vectors.length];
      for (int c = 0; c < parts.length; c++) {
        if (from % 8 == 0) {
          parts[c] = window(vectors[c], from);
        } else {
          ColumnBuilder builder = new ColumnBuilder(vectors[c].type(), region);
          builder.append(vectors[c], from, count);
          parts[c] = builder.vector(0);
        }
      }
      return new Rows(count, parts);
    }
  }

  /** A table of these blocks, which lives as long as {@code memory}, which it owns. */
  public MemoryTable(String name, Schema schema, List<Rows> blocks, AutoCloseable memory) {
    this.name = name;
    this.schema = schema;
    this.blocks = List.copyOf(blocks);
    this.memory = memory;
    this.firstRows = new long[this.blocks.size()];
    long rows = 0;
    for (int b = 0; b < firstRows.length; b++) {
      firstRows[b] = rows;
      rows += this.blocks.get(b).rowCount();
    }
    this.rowCount = rows;
  }

  @Override
  public String name() {
    return name;
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
    return blocks.size();
  }

  @Override
  public Block block(long index, int[] columns) {
    Rows rows = blocks.get(Math.toIntExact(index));
    long firstRow = firstRows[(int) index];
    return new Block() {
      @Override
      public long firstRow() {
        return firstRow;
      }

      @Override
      public int rowCount() {
        return rows.rowCount();
      }

      @Override
      public Vector vector(int column, int first, int count) {
        return window(rows.vectors()[columns[column]], first);
      }
    };
  }

  @Override
  public @Nullable Vector whole(int column, QueryContext context, QueryMemory.Region region) {
    return blocks.size() == 1 ? blocks.getFirst().vectors()[column] : null;
  }

  /** The blocks in order. */
  public List<Rows> blocks() {
    return blocks;
  }

  /** The block that holds {@code row}, counted from 0. */
  public int blockOf(long row) {
    int at = java.util.Arrays.binarySearch(firstRows, row);
    return at >= 0 ? at : -at - 2;
  }

  /** The number of the first row of {@code block}. */
  public long firstRow(int block) {
    return firstRows[block];
  }

  /** What {@link #close} frees. */
  AutoCloseable memory() {
    return memory;
  }

  @Override
  public void close() {
    try {
      memory.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code vector} from row {@code first}, a multiple of 8, on. */
  public static Vector window(Vector vector, int first) {
    return vector.from(first);
  }
}
