package colonnade.engine.exec.op;

import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.RowCollector;
import colonnade.engine.exec.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Gathers all rows into memory, in order. The memory belongs to {@code region}, which the caller
 * owns.
 */
public final class CollectSink implements Sink {
  private final Schema schema;
  private final QueryMemory.Region region;
  private final TreeMap<Long, List<MemoryTable.Rows>> chunks = new TreeMap<>();
  private final long limit;

  /** A sink that keeps at least the first {@code limit} rows, and stops early when it has them. */
  public CollectSink(Schema schema, QueryMemory.Region region, long limit) {
    this.schema = schema;
    this.region = region;
    this.limit = limit;
  }

  @Override
  public ChunkSink chunk(long chunk) {
    return new Chunk(chunk);
  }

  @Override
  public void finish() {}

  /** The rows, in order; more than the limit if chunks ended late. */
  public List<MemoryTable.Rows> rows() {
    List<MemoryTable.Rows> all = new ArrayList<>();
    chunks.values().forEach(all::addAll);
    return all;
  }

  private synchronized boolean ended(long chunk, List<MemoryTable.Rows> rows) {
    chunks.put(chunk, rows);
    if (limit == Long.MAX_VALUE) {
      return false;
    }
    long expected = 0;
    long count = 0;
    for (var entry : chunks.entrySet()) {
      if (entry.getKey() != expected) {
        return false;
      }
      expected++;
      for (MemoryTable.Rows block : entry.getValue()) {
        count += block.rowCount();
      }
      if (count >= limit) {
        return true;
      }
    }
    return false;
  }

  private final class Chunk implements ChunkSink {
    private final long number;
    private final RowCollector collector = new RowCollector(schema, region);
    private long rowCount;
    private boolean enough;

    Chunk(long number) {
      this.number = number;
    }

    @Override
    public void push(Batch batch) {
      collector.append(batch);
      rowCount += batch.selection().count();
    }

    @Override
    public boolean isDone() {
      return rowCount >= limit;
    }

    @Override
    public void end() {
      enough = ended(number, collector.blocks());
    }

    @Override
    public boolean endsAll() {
      return enough;
    }
  }
}
