package colonnade.engine.exec.op;

import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.RowCollector;
import colonnade.engine.exec.Sink;
import colonnade.engine.exec.Sizes;
import colonnade.engine.store.BlockWrite;
import colonnade.engine.store.TableWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Appends rows to a table in order. Only giving rows their place is done one chunk after the other;
 * each worker then writes the blocks that its chunk has completed, beside the others. Rows that
 * fill no block are carried over to the next chunk's. Memory is bounded by three blocks of rows per
 * worker. It cannot deadlock: chunks start in increasing order, the earliest unfinished one never
 * waits for its turn, and blocks are begun in the order of chunks.
 */
public final class WriteSink implements Sink {
  /** Blocks of wider rows are written as they come: to carry them over would take much memory. */
  private static final long LARGEST_CARRY_BYTES = 32 << 20;

  private final Schema schema;
  private final QueryContext context;
  private final TableWriter writer;
  private final boolean carries;
  private final Turns turns;
  private final ConcurrentLinkedDeque<RowCollector> idle = new ConcurrentLinkedDeque<>();
  private RowCollector carry;

  /** A sink of rows of {@code schema}, which is the writer's. */
  public WriteSink(Schema schema, QueryContext context, TableWriter writer) {
    this.schema = schema;
    this.context = context;
    this.writer = writer;
    this.turns = new Turns(context);
    long rowBytes = schema.fields().stream().mapToLong(f -> f.type().widthBytes()).sum();
    this.carries = rowBytes * Sizes.BLOCK_ROWS <= LARGEST_CARRY_BYTES;
    this.carry = collector();
  }

  private RowCollector collector() {
    RowCollector used = idle.poll();
    return used == null ? new RowCollector(schema, context.memory().region()) : used;
  }

  private void release(RowCollector collector) {
    collector.clear();
    idle.push(collector);
  }

  @Override
  public ChunkSink chunk(long chunk) {
    return new Chunk(chunk);
  }

  @Override
  public void finish() {
    carry.blocks().forEach(rows -> begin(rows).run());
    checkpointIfDue();
  }

  private BlockWrite begin(MemoryTable.Rows rows) {
    return writer.begin(rows.vectors(), rows.rowCount());
  }

  private void checkpointIfDue() {
    if (writer.isCheckpointDue()) {
      writer.checkpoint();
    }
  }

  /** Rows that go into the block that the writer is at. */
  private int roomInBlock() {
    return Sizes.BLOCK_ROWS - (int) (writer.rowCount() % Sizes.BLOCK_ROWS);
  }

  private final class Chunk implements ChunkSink {
    private final long number;
    private final RowCollector collector = collector();
    private final List<BlockWrite> blocks = new ArrayList<>();
    private final List<RowCollector> carried = new ArrayList<>();

    Chunk(long number) {
      this.number = number;
    }

    @Override
    public void push(Batch batch) {
      collector.append(batch);
    }

    @Override
    public void end() {
      try {
        turns.take(number, this::place);
        write();
      } catch (Throwable e) {
        if (!blocks.isEmpty()) {
          writer.fail(e);
        }
        throw e;
      }
      carried.forEach(WriteSink.this::release);
      release(collector);
    }

    private void place() {
      for (MemoryTable.Rows rows : collector.blocks()) {
        place(rows);
      }
      if (writer.isCheckpointDue()) {
        write();
        writer.checkpoint();
      }
    }

    private void place(MemoryTable.Rows rows) {
      int done = 0;
      while (done < rows.rowCount()) {
        int room = roomInBlock() - carry.rowCount();
        int left = rows.rowCount() - done;
        if (done == 0 && carry.rowCount() == 0 && (left == room || !carries)) {
          blocks.add(begin(rows));
          return;
        }
        int n = Math.min(room, left);
        carry.append(rows, done, n);
        done += n;
        if (n == room) {
          blocks.add(begin(carry.blocks().getFirst()));
          carried.add(carry);
          carry = collector();
        }
      }
    }

    private void write() {
      while (!blocks.isEmpty()) {
        blocks.getFirst().run();
        blocks.removeFirst();
      }
    }
  }
}
