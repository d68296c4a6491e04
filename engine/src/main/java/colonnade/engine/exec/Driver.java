package colonnade.engine.exec;

import colonnade.error.CorruptColumnException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline into a sink on the query's threads: hands out chunks of blocks in order, and
 * pushes their batches through a chain of operators that each worker has to itself.
 */
public final class Driver {
  private final QueryContext context;
  private final Pipeline pipeline;
  private final Sink sink;
  private final AtomicBoolean done = new AtomicBoolean();
  private final ProgressMeter progress;

  private Driver(QueryContext context, Pipeline pipeline, Sink sink) {
    this.context = context;
    this.pipeline = pipeline;
    this.sink = sink;
    this.progress = context.startPass(pipeline);
  }

  /**
   * Runs {@code pipeline} into {@code sink} and finishes it; the first error of any worker is
   * thrown.
   */
  public static void run(QueryContext context, Pipeline pipeline, Sink sink) {
    Driver driver = new Driver(context, pipeline, sink);
    switch (pipeline.source()) {
      case BlockSource source -> driver.runBlocks(source);
      case StreamSource source -> driver.runStream(source);
    }
    driver.progress.end();
    sink.finish();
  }

  private void runBlocks(BlockSource source) {
    long blockCount = source.blockCount();
    int perChunk = Math.max(1, sink.blocksPerChunk(blockCount));
    long chunkCount = (blockCount + perChunk - 1) / perChunk;
    int workers = (int) Math.min(context.options().threads(), chunkCount);
    ChunkCounter chunks = new ChunkCounter();
    Parallel.runWorkers(
        context,
        workers,
        worker -> {
          Chain chain = new Chain();
          while (!done.get()) {
            long chunk = chunks.begin(chain, chunkCount);
            if (chunk < 0) {
              return;
            }
            long end = Math.min(blockCount, (chunk + 1) * perChunk);
            for (long b = chunk * perChunk; b < end && !chain.first.isDone(); b++) {
              try (Block block = source.block(b, pipeline.columns())) {
                chain.push(block);
              }
            }
            chain.endChunk();
          }
        });
  }

  private void runStream(StreamSource source) {
    ChunkCounter chunks = new ChunkCounter();
    try (StreamSource.Pass pass = source.open(pipeline.columns())) {
      Parallel.runWorkers(
          context,
          context.options().threads(),
          worker -> {
            Chain chain = new Chain();
            while (!done.get()) {
              try (Block block = chunks.next(pass, chain)) {
                if (block == null) {
                  return;
                }
                chain.push(block);
                chain.endChunk();
              }
            }
          });
    }
  }

  /** Numbers chunks and starts them at the sink in increasing order. */
  private final class ChunkCounter {
    private long next;
    private boolean ended;

    synchronized long begin(Chain chain, long chunkCount) {
      context.checkCancelled();
      if (next >= chunkCount) {
        return -1;
      }
      chain.sink = sink.chunk(next);
      return next++;
    }

    synchronized @Nullable Block next(StreamSource.Pass pass, Chain chain) {
      context.checkCancelled();
      if (ended || done.get()) {
        return null;
      }
      ended = true; // also if next() throws: a pass that has failed is not asked again
      Block block = pass.next();
      if (block == null) {
        return null;
      }
      try {
        chain.sink = sink.chunk(next++);
      } catch (RuntimeException e) {
        block.close();
        throw e;
      }
      ended = false;
      return block;
    }
  }

  /** The operators of one worker, ending at the sink of the present chunk. */
  private final class Chain implements Operator {
    private final Batch batch;
    private final Operator first;
    private Sink.@Nullable ChunkSink sink;

    Chain() {
      Worker worker = new Worker(context, context.kernels());
      batch = new Batch(pipeline.columns().length, worker);
      Operator next = this;
      for (int i = pipeline.steps().size() - 1; i >= 0; i--) {
        next = pipeline.steps().get(i).create(worker, next);
      }
      first = next;
    }

    @Override
    public void push(Batch result) {
      if (sink != null) {
        sink.push(result);
      }
    }

    @Override
    public boolean isDone() {
      return sink != null && sink.isDone();
    }

    void push(Block block) {
      try {
        pushBatches(block);
      } catch (InternalError e) {
        throw new CorruptColumnException(
            pipeline.source().name(),
            "a page of "
                + pipeline.source().name()
                + " could not be read while rows "
                + block.firstRow()
                + " to "
                + (block.firstRow() + block.rowCount())
                + " were scanned",
            "A file was cut short, or its disk failed, after it was mapped. The query's results"
                + " were discarded. Run `colonnade verify` on the table.",
            e);
      } catch (RuntimeException e) {
        throw pipeline.source().translate(e);
      }
    }

    private void pushBatches(Block block) {
      int rowCount = block.rowCount();
      int batchRows = context.options().batchRows();
      for (int from = 0; from < rowCount && !first.isDone(); from += batchRows) {
        context.checkCancelled();
        int count = Math.min(batchRows, rowCount - from);
        batch.reset(block.firstRow() + from, count);
        for (int c = 0; c < pipeline.columns().length; c++) {
          batch.set(c, block.vector(c, from, count));
        }
        first.push(batch);
      }
      progress.add(rowCount);
    }

    void endChunk() {
      Sink.ChunkSink ended = sink;
      if (ended != null) {
        ended.end();
        if (ended.endsAll()) {
          done.set(true);
        }
        sink = null;
      }
    }
  }
}
