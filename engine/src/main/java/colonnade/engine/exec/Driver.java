package colonnade.engine.exec;

import colonnade.engine.exec.expr.BlockCondition.Verdict;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.PhysicalMemory;
import colonnade.engine.store.Vector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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
  private final boolean takesBlocks;

  /** Whether all rows of a chunk may be pushed at once, as far as sink and pipeline go. */
  private final boolean takesRuns;

  private final ProgressMeter progress;
  private final boolean dropsBehind;

  private Driver(QueryContext context, Pipeline pipeline, Sink sink, long rowCount) {
    this.context = context;
    this.pipeline = pipeline;
    this.sink = sink;
    this.takesBlocks = sink.takesBlocks();
    this.progress = context.startPass(pipeline, rowCount);
    this.dropsBehind = progress.totalBytes() > PhysicalMemory.bytes() / 2;
    this.takesRuns = sink.takesRuns() && pipeline.condition() == null && !dropsBehind;
  }

  /**
   * Runs {@code pipeline} into {@code sink} and finishes it; the first error of any worker is
   * thrown.
   */
  public static void run(QueryContext context, Pipeline pipeline, Sink sink) {
    switch (pipeline.source()) {
      case BlockSource source -> {
        ScanChoice blocks = ScanChoice.of(pipeline, source);
        Driver driver = new Driver(context, pipeline, sink, blocks.rowCount(source));
        try {
          driver.runBlocks(source, blocks);
        } catch (InternalError e) {
          // It arrives late in compiled code: maybe after the block that it belongs to.
          throw UnreadablePage.of(source, pipeline.columns(), 0, source.rowCount().orElse(0), e);
        }
        driver.progress.end();
        driver.reading(0, source.rowCount().orElse(0), sink::finish);
      }
      case StreamSource source -> {
        Driver driver = new Driver(context, pipeline, sink, source.rowCount().orElse(-1));
        driver.runStream(source);
        driver.progress.end();
        sink.finish();
      }
    }
  }

  /** Does something with rows that were scanned; a failure says what it means for them. */
  private void reading(long firstRow, long rowCount, Runnable work) {
    try {
      work.run();
    } catch (InternalError e) {
      throw UnreadablePage.of(pipeline.source(), pipeline.columns(), firstRow, rowCount, e);
    } catch (RuntimeException e) {
      if (pipeline.source() instanceof BlockSource source) {
        throw source.translate(e, pipeline.columns(), firstRow, rowCount);
      }
      // A block of a stream that could not be read has no rows to tell of.
      throw e;
    }
  }

  private void runBlocks(BlockSource source, ScanChoice blocks) {
    long blockCount = source.blockCount();
    int perChunk = Math.max(1, sink.blocksPerChunk(blockCount));
    long[] kept = blocks.chunks(perChunk);
    long chunkCount = kept == null ? (blockCount + perChunk - 1) / perChunk : kept.length;
    if (chunkCount == 0) {
      return; // and maps nothing
    }
    int workers = (int) Math.min(context.options().threads(), chunkCount);
    ChunkCounter chunks = new ChunkCounter();
    CopyMemory memory = context.copyMemory();
    try (Prefetcher prefetcher = new Prefetcher(source, pipeline.columns(), blocks)) {
      Parallel.runWorkers(
          context,
          workers,
          worker -> {
            if (worker == 0) {
              prefetcher.start(); // while the others wake up
            }
            Chain chain = new Chain();
            while (!done.get()) {
              long chunk = chunks.begin(chain, chunkCount);
              if (chunk < 0) {
                return;
              }
              long first = (kept == null ? chunk : kept[(int) chunk]) * perChunk;
              long end = Math.min(blockCount, first + perChunk);
              prefetcher.reached(first);
              if (chain.pushRun(source, first, end)) {
                first = end;
              }
              for (long b = first; b < end && !chain.first.isDone(); b++) {
                if (blocks.of(b) != Verdict.NONE) {
                  prefetcher.reached(b);
                  try (Block block = source.block(b, pipeline.columns(), memory)) {
                    long index = b;
                    chain.push(block, () -> blocks.rows(index, block));
                  }
                  if (dropsBehind) {
                    release(source, b);
                  }
                }
              }
              chain.endChunk();
            }
          });
    }
  }

  /** Keeps a scan of more than the memory holds from pushing out what others will read again. */
  private void release(BlockSource source, long block) {
    for (int column : pipeline.columns()) {
      source.release(column, block);
    }
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
                chain.push(block, () -> RowRange.of(block.rowCount(), false));
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

    /** The first step. */
    private final Operator first;

    /** The test that the pipeline starts with, before the first step; null if there is none. */
    private final @Nullable ScanFilter filter;

    private final int batchRows = context.options().batchRows();
    private Sink.@Nullable ChunkSink sink;
    private long chunkStart;
    private long chunkRows;

    Chain() {
      Worker worker = new Worker(context, context.kernels());
      batch = new Batch(pipeline.columns().length, worker);
      Operator next = this;
      for (int i = pipeline.steps().size() - 1; i >= 0; i--) {
        next = pipeline.steps().get(i).create(worker, next);
      }
      first = next;
      filter =
          pipeline.condition() == null
              ? null
              : new ScanFilter(pipeline.condition(), pipeline.scanSchema(), worker);
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

    void push(Block block, Supplier<RowRange> choice) {
      if (chunkRows == 0) {
        chunkStart = block.firstRow();
      }
      chunkRows = block.firstRow() + block.rowCount() - chunkStart;
      reading(
          block.firstRow(),
          block.rowCount(),
          () -> {
            RowRange rows = choice.get();
            ScanFilter test = rows.allPass() ? null : filter;
            if (test == null && rows.count() == block.rowCount() && takesWhole(block)) {
              pushBatch(block, 0, block.rowCount(), rows, null);
            } else {
              pushBatches(block, rows, test);
            }
            progress.add(block.rowCount());
          });
    }

    /** Pushes all rows of a chunk at once, if that is possible. */
    boolean pushRun(BlockSource source, long first, long end) {
      if (!takesRuns || !takesWholeBlocks()) {
        return false;
      }
      try (Block run = source.run(first, end, pipeline.columns())) {
        if (run == null) {
          return false;
        }
        push(run, () -> RowRange.of(run.rowCount(), true));
        return true;
      }
    }

    private boolean takesWholeBlocks() {
      return pipeline.steps().isEmpty() && takesBlocks && batchRows == Sizes.BATCH_ROWS;
    }

    /** Whether a kernel can be called once for the block, instead of once for each batch. */
    private boolean takesWhole(Block block) {
      if (!takesWholeBlocks()) {
        return false;
      }
      int rowCount = block.rowCount();
      for (int c = 0; c < pipeline.columns().length; c++) {
        Vector vector = block.vector(c, 0, rowCount);
        if (vector.encoding() != Encoding.PLAIN || vector.validity() != null) {
          return false;
        }
      }
      return true;
    }

    private void pushBatches(Block block, RowRange rows, @Nullable ScanFilter test) {
      int rowCount = block.rowCount();
      if (rows.count() == 0) {
        return;
      }
      if (test != null) {
        test.begin(block);
      }
      int start = rows.from() - rows.from() % batchRows;
      for (int from = start; from < rows.to() && !first.isDone(); from += batchRows) {
        pushBatch(block, from, Math.min(batchRows, rowCount - from), rows, test);
      }
    }

    private void pushBatch(
        Block block, int from, int count, RowRange rows, @Nullable ScanFilter test) {
      context.checkCancelled();
      batch.begin(block, from, count);
      if (test == null) {
        batch.selection().setRange(count, rows.from() - from, rows.to() - from);
      } else if (!test.select(batch, from)) {
        return;
      }
      if (test == null || test.narrow(batch)) {
        first.push(batch);
      }
    }

    void endChunk() {
      Sink.ChunkSink ended = sink;
      if (ended != null) {
        reading(chunkStart, chunkRows, ended::end);
        chunkRows = 0;
        if (ended.endsAll()) {
          done.set(true);
        }
        sink = null;
      }
    }
  }
}
