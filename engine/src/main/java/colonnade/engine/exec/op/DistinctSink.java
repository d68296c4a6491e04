package colonnade.engine.exec.op;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.RowCollector;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Sink;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.exec.hash.KeyTable;
import colonnade.engine.store.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Keeps the first row of each distinct combination of some columns, whole and in order. Each chunk
 * drops its own repeats; what is left is merged in the order of the chunks.
 */
public final class DistinctSink implements Sink {
  private static final int BLOCKS_PER_CHUNK = 4;

  private final Schema schema;
  private final int[] keys;
  private final QueryContext context;
  private final List<DataType> types;
  private final FirstRows merged;
  private final RowCollector result;
  private final TreeMap<Long, Chunk> waiting = new TreeMap<>();
  private long nextChunk;

  /**
   * A sink of rows of {@code schema}.
   *
   * @param keys the columns that must differ
   * @param target where the result goes
   */
  public DistinctSink(Schema schema, int[] keys, QueryContext context, QueryMemory.Region target) {
    this.schema = schema;
    this.keys = keys.clone();
    this.context = context;
    this.types = Arrays.stream(keys).mapToObj(schema::type).toList();
    this.merged = new FirstRows();
    this.result = new RowCollector(schema, target);
  }

  @Override
  public int blocksPerChunk(long blockCount) {
    return BLOCKS_PER_CHUNK;
  }

  @Override
  public ChunkSink chunk(long chunk) {
    return new Chunk(chunk);
  }

  @Override
  public void finish() {
    merged.close();
  }

  /** The rows, in order. */
  public List<MemoryTable.Rows> rows() {
    return result.blocks();
  }

  private synchronized void ended(Chunk chunk) {
    waiting.put(chunk.number, chunk);
    while (!waiting.isEmpty() && waiting.firstKey() == nextChunk) {
      Chunk next = waiting.pollFirstEntry().getValue();
      nextChunk++;
      Batch batch = new Batch(schema.size());
      for (MemoryTable.Rows rows : next.collector.blocks()) {
        for (int from = 0; from < rows.rowCount(); from += Sizes.BATCH_ROWS) {
          batch.reset(from, Math.min(Sizes.BATCH_ROWS, rows.rowCount() - from));
          for (int c = 0; c < schema.size(); c++) {
            batch.set(c, MemoryTable.window(rows.vectors()[c], from));
          }
          merged.narrow(batch);
          result.append(batch);
        }
      }
      next.region.close();
    }
  }

  /** Recognises keys it has not seen. */
  private final class FirstRows implements AutoCloseable {
    private final QueryMemory.Region region = context.memory().region();
    private final HeapUse heap = new HeapUse(context);
    private final KeyTable table = new KeyTable(types, 1024, region, heap);
    private final Vector[] vectors = new Vector[keys.length];
    private final int[] ids = new int[Sizes.BATCH_ROWS];

    /** Keeps the rows of {@code batch} whose key is new. */
    void narrow(Batch batch) {
      Selection selection = batch.selection();
      for (int k = 0; k < keys.length; k++) {
        vectors[k] = batch.vector(keys[k]);
      }
      int count = selection.count();
      int[] rows = selection.toList();
      int known = table.size();
      table.add(vectors, rows, count, ids);
      int kept = 0;
      for (int i = 0; i < count; i++) {
        rows[kept] = rows[i];
        if (ids[i] == known) {
          known++;
          kept++;
        }
      }
      selection.setList(batch.size(), kept);
    }

    @Override
    public void close() {
      heap.close();
      region.close();
    }
  }

  private final class Chunk implements ChunkSink {
    private final long number;
    private final QueryMemory.Region region = context.memory().region();
    private final RowCollector collector = new RowCollector(schema, region);
    private final FirstRows first = new FirstRows();

    Chunk(long number) {
      this.number = number;
    }

    @Override
    public void push(Batch batch) {
      first.narrow(batch);
      collector.append(batch);
    }

    @Override
    public void end() {
      first.close();
      ended(this);
    }
  }
}
