package colonnade.engine.exec.op;

import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.RowCollector;
import colonnade.engine.exec.Sink;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.sort.SortOrder;
import colonnade.engine.store.Vector;
import colonnade.error.MemoryBudgetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Gathers all rows, or the first {@code limit} of the order, and sorts them in memory. With a limit
 * each chunk sorts and cuts what it has whenever that grows to several times the limit, so memory
 * follows the limit, not the input. Rows with equal keys keep their order.
 */
public final class SortSink implements Sink {
  private static final int LEAST_ROWS_BEFORE_CUT = 2 * Sizes.BLOCK_ROWS;

  private final Schema schema;
  private final List<SortOrder.Key> keys;
  private final int resultColumns;
  private final long limit;
  private final QueryContext context;
  private final QueryMemory.Region result;
  private final TreeMap<Long, List<MemoryTable.Rows>> chunks = new TreeMap<>();
  private List<MemoryTable.Rows> sorted = List.of();

  /**
   * A sort of rows of {@code schema}.
   *
   * @param keys the order; their columns may follow the result's
   * @param resultColumns the first so many columns are the result
   * @param limit rows of the order that are wanted; {@link Long#MAX_VALUE} for all
   * @param result where the sorted rows go
   */
  public SortSink(
      Schema schema,
      List<SortOrder.Key> keys,
      int resultColumns,
      long limit,
      QueryContext context,
      QueryMemory.Region result) {
    this.schema = schema;
    this.keys = List.copyOf(keys);
    this.resultColumns = resultColumns;
    this.limit = limit;
    this.context = context;
    this.result = result;
  }

  @Override
  public int blocksPerChunk(long blockCount) {
    return limit == Long.MAX_VALUE ? 1 : 16;
  }

  @Override
  public ChunkSink chunk(long chunk) {
    return new Chunk(chunk);
  }

  @Override
  public void finish() {
    List<MemoryTable.Rows> all = new ArrayList<>();
    chunks.values().forEach(all::addAll);
    chunks.clear();
    sorted = sort(all, result);
  }

  /** The sorted rows: the result's columns first, then those that only keys need. */
  public List<MemoryTable.Rows> rows() {
    return sorted;
  }

  private List<MemoryTable.Rows> sort(List<MemoryTable.Rows> input, QueryMemory.Region target) {
    long total = input.stream().mapToLong(MemoryTable.Rows::rowCount).sum();
    if (total > Integer.MAX_VALUE - 8) {
      throw new MemoryBudgetException(
          "sort",
          "a sort in memory takes at most 2,147,483,639 rows, not " + total,
          "Filter or limit the rows first.");
    }
    int rowCount = (int) total;
    QueryMemory.Region joined = context.memory().region();
    try (joined) {
      Vector[] columns = new Vector[schema.size()];
      Parallel.run(
          context,
          columns.length,
          c -> {
            ColumnBuilder builder = new ColumnBuilder(schema.type((int) c), joined);
            builder.reserve(rowCount);
            for (MemoryTable.Rows rows : input) {
              builder.append(rows.vectors()[(int) c], 0, rows.rowCount());
            }
            columns[(int) c] = builder.vector(0);
          });
      int[] order = SortOrder.of(columns, rowCount, keys, context.memory());
      int wanted = (int) Math.min(limit, rowCount);
      int blockCount = (wanted + Sizes.BLOCK_ROWS - 1) / Sizes.BLOCK_ROWS;
      MemoryTable.Rows[] blocks = new MemoryTable.Rows[blockCount];
      int columnCount = target == result ? resultColumns : schema.size();
      Parallel.run(
          context,
          blockCount,
          b -> {
            int from = (int) b * Sizes.BLOCK_ROWS;
            int[] rows = Arrays.copyOfRange(order, from, Math.min(wanted, from + Sizes.BLOCK_ROWS));
            Vector[] vectors = new Vector[columnCount];
            for (int c = 0; c < columnCount; c++) {
              ColumnBuilder builder = new ColumnBuilder(schema.type(c), target);
              builder.append(columns[c], rows, rows.length);
              vectors[c] = builder.vector(0);
            }
            blocks[(int) b] = new MemoryTable.Rows(rows.length, vectors);
          });
      return List.of(blocks);
    }
  }

  private synchronized void ended(long chunk, List<MemoryTable.Rows> rows) {
    chunks.put(chunk, rows);
  }

  private final class Chunk implements ChunkSink {
    private final long number;
    private QueryMemory.Region region = context.memory().region();
    private RowCollector collector = new RowCollector(schema, region);
    private long rowCount;

    Chunk(long number) {
      this.number = number;
    }

    @Override
    public void push(Batch batch) {
      collector.append(batch);
      rowCount += batch.selection().count();
      if (limit < Long.MAX_VALUE / 4 && rowCount > Math.max(LEAST_ROWS_BEFORE_CUT, 4 * limit)) {
        cut();
      }
    }

    @Override
    public void end() {
      if (rowCount > limit) {
        cut();
      }
      ended(number, collector.blocks());
    }

    private void cut() {
      QueryMemory.Region smaller = context.memory().region();
      RowCollector kept = new RowCollector(schema, smaller);
      for (MemoryTable.Rows rows : sort(collector.blocks(), smaller)) {
        kept.append(rows);
      }
      region.close();
      region = smaller;
      collector = kept;
      rowCount = Math.min(limit, rowCount);
    }
  }
}
