package colonnade.engine.exec.op;

import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.RowCollector;
import colonnade.engine.exec.Sink;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Hands rows to a consumer in order, a chunk at a time, one chunk after the other, while other
 * workers compute later chunks. A worker whose chunk is early waits for its turn, so memory is
 * bounded by one block of rows per worker.
 */
public final class OrderedSink implements Sink {
  /** Takes dense rows, in order, one call at a time, on any worker. */
  @FunctionalInterface
  public interface Consumer {
    /** Takes the next rows; they are valid until this returns. Returns whether it wants more. */
    boolean accept(MemoryTable.Rows rows);
  }

  private final Schema schema;
  private final QueryContext context;
  private final Consumer consumer;
  private final Turns turns;
  private final ConcurrentLinkedDeque<RowCollector> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean enough;

  /** A sink of rows of {@code schema}. */
  public OrderedSink(Schema schema, QueryContext context, Consumer consumer) {
    this.schema = schema;
    this.context = context;
    this.consumer = consumer;
    this.turns = new Turns(context);
  }

  @Override
  public ChunkSink chunk(long chunk) {
    return new Chunk(chunk);
  }

  @Override
  public void finish() {}

  private final class Chunk implements ChunkSink {
    private final long number;
    private final RowCollector collector;

    Chunk(long number) {
      this.number = number;
      RowCollector used = idle.poll();
      this.collector = used == null ? new RowCollector(schema, context.memory().region()) : used;
    }

    @Override
    public void push(Batch batch) {
      collector.append(batch);
    }

    @Override
    public void end() {
      turns.take(number, this::handOver);
      collector.clear();
      idle.push(collector);
    }

    private void handOver() {
      for (MemoryTable.Rows rows : collector.blocks()) {
        if (!enough) {
          enough = !consumer.accept(rows);
        }
      }
    }

    @Override
    public boolean endsAll() {
      return enough;
    }
  }
}
