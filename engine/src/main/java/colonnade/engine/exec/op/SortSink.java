package colonnade.engine.exec.op;

import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.RowCollector;
import colonnade.engine.exec.Sink;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.sort.SortOrder;
import colonnade.engine.exec.sort.SortThreshold;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gathers all rows, or the first {@code limit} of the order, and sorts them in memory. With a limit
 * each chunk sorts and cuts what it has whenever that grows to several times the limit, and from
 * then on takes only rows that order before the last of them; the other chunks learn of it too. So
 * memory follows the limit, not the input, and most rows cost one test. Rows with equal keys keep
 * their order.
 */
public final class SortSink implements Sink {
  private static final int LEAST_ROWS_BEFORE_CUT = Sizes.BATCH_ROWS;

  private final Schema schema;
  private final List<SortOrder.Key> keys;
  private final int resultColumns;
  private final long limit;
  private final QueryContext context;
  private final QueryMemory.Region result;
  private final TreeMap<Long, List<MemoryTable.Rows>> chunks = new TreeMap<>();

  /** The strictest of all chunks; which one that is depends on time, what it lets pass does not. */
  private final AtomicReference<@Nullable SortThreshold> threshold = new AtomicReference<>();

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
    sorted = SortedRows.of(all, schema, keys, limit, resultColumns, context, result);
  }

  /** The sorted rows. */
  public List<MemoryTable.Rows> rows() {
    return sorted;
  }

  private synchronized void ended(long chunk, List<MemoryTable.Rows> rows) {
    chunks.put(chunk, rows);
  }

  private final class Chunk implements ChunkSink {
    private final long number;
    private QueryMemory.Region region = context.memory().region();
    private RowCollector collector = new RowCollector(schema, region);
    private long rowCount;

    /** Of this chunk: all rows that it stands for come before those to come. */
    private @Nullable SortThreshold own;

    Chunk(long number) {
      this.number = number;
    }

    @Override
    public void push(Batch batch) {
      SortThreshold known = threshold.get();
      SortThreshold reached = own;
      if (known != null) {
        known.narrow(batch, known == reached, context.kernels());
      }
      if (reached != null && reached != known && !batch.selection().isEmpty()) {
        reached.narrow(batch, true, context.kernels());
      }
      if (batch.selection().isEmpty()) {
        return;
      }
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
      List<MemoryTable.Rows> first =
          SortedRows.of(collector.blocks(), schema, keys, limit, schema.size(), context, smaller);
      first.forEach(kept::append);
      region.close();
      region = smaller;
      collector = kept;
      rowCount = Math.min(limit, rowCount);
      if (rowCount == limit && limit > 0) {
        MemoryTable.Rows last = first.getLast();
        SortThreshold reached = SortThreshold.of(keys, last.vectors(), last.rowCount() - 1);
        own = reached;
        threshold.accumulateAndGet(reached, (before, now) -> now.stricter(before));
      }
    }
  }
}
