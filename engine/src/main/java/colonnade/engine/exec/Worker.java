package colonnade.engine.exec;

import colonnade.engine.kernel.Kernels;
import java.lang.foreign.MemorySegment;

/** What one worker of a query owns. Used by one thread at a time. */
public final class Worker {
  private final QueryContext context;
  private final Kernels kernels;

  /** A worker of the query of {@code context}. */
  public Worker(QueryContext context, Kernels kernels) {
    this.context = context;
    this.kernels = kernels;
  }

  /** The query. */
  public QueryContext context() {
    return context;
  }

  /** The loops to use. */
  public Kernels kernels() {
    return kernels;
  }

  /** Rows of a batch at most. */
  public int batchRows() {
    return context.options().batchRows();
  }

  /**
   * Zeroed memory of this worker's own, aligned to 64 bytes, that lives as long as the query. For
   * set-up, not for loops.
   */
  public MemorySegment scratch(long bytes) {
    return context.memory().allocate(bytes);
  }
}
