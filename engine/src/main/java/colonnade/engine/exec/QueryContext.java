package colonnade.engine.exec;

import colonnade.error.CancelledException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all parts of one running query share: options, memory, progress and the wish to stop. Safe
 * for all threads. Closing it frees the query's memory.
 */
public final class QueryContext implements AutoCloseable {
  private final QueryOptions options;
  private final QueryMemory memory;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /** The context of one query. */
  public QueryContext(QueryOptions options) {
    this.options = options;
    this.memory = new QueryMemory(options.memoryLimitBytes());
  }

  /** The query's options. */
  public QueryOptions options() {
    return options;
  }

  /** The query's memory, all operators' together. */
  public QueryMemory memory() {
    return memory;
  }

  /** Asks the query to stop; workers notice at their next batch. */
  public void cancel() {
    cancelled.set(true);
  }

  /**
   * Called by workers once per batch.
   *
   * @throws CancelledException if the query was cancelled or this thread interrupted
   */
  public void checkCancelled() {
    if (cancelled.get() || options.cancellation().isCancelled()) {
      throw new CancelledException(
          "query", "the query was cancelled", "Nothing it wrote was published.");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException(
          "query", "the query's thread was interrupted", "Nothing it wrote was published.");
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
