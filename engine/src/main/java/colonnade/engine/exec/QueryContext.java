package colonnade.engine.exec;

import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Plan;
import colonnade.error.CancelledException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of one running query share: options, memory, progress and the wish to stop. Safe
 * for all threads. Closing it frees the query's memory.
 */
public final class QueryContext implements AutoCloseable {
  private final QueryOptions options;
  private final Kernels kernels;
  private final QueryMemory memory;
  private final CopyMemory copyMemory;
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final Map<Plan.Scaled, Fitted> fitted = new IdentityHashMap<>();
  private final long beganNanos = System.nanoTime();
  private boolean closed;
  private int pass;
  private int passCount = 1;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final ConcurrentHashMap<Object, Object> shared = new ConcurrentHashMap<>();

  /** The context of one query. */
  public QueryContext(QueryOptions options) {
    this(options, SpillStorage.in(options.spillDirectory()));
  }

  /** The context of one query that spills to {@code storage}. */
  public QueryContext(QueryOptions options, SpillStorage storage) {
    this.options = options;
    this.kernels = KernelChoice.of(options);
    this.memory = new QueryMemory(options.memoryLimitBytes(), storage);
    this.copyMemory = new CopyMemory(memory);
  }

  /** The query's options. */
  public QueryOptions options() {
    return options;
  }

  /** The loops to use. */
  public Kernels kernels() {
    return kernels;
  }

  /** The query's memory, all operators' together. */
  public QueryMemory memory() {
    return memory;
  }

  /** The query's memory for blocks that must be copied. */
  CopyMemory copyMemory() {
    return copyMemory;
  }

  /**
   * What all workers of the query share under {@code key}, such as a dictionary derived from
   * another: made by the first that asks, while others that ask for it wait. {@code make} asks for
   * nothing shared itself.
   */
  public <T> T shared(Object key, Class<T> type, Supplier<T> make) {
    return type.cast(shared.computeIfAbsent(key, _ -> make.get()));
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

  /** Remembers how {@code column}, this very one of the plan that runs, was scaled. */
  synchronized void fitted(Plan.Scaled column, Fitted scaling) {
    fitted.put(column, scaling);
  }

  /** What {@link #fitted} remembered, or null. */
  synchronized @Nullable Fitted fitted(Plan.Scaled column) {
    return fitted.get(column);
  }

  /** Says how many passes over data the query will make, for progress; more may turn up. */
  void expectPasses(int count) {
    passCount = count;
  }

  /** Starts the next pass, over {@code rowCount} rows (-1: not known). */
  ProgressMeter startPass(Pipeline pipeline, long rowCount) {
    pass++;
    passCount = Math.max(passCount, pass);
    return new ProgressMeter(options.progress(), pass, passCount, pipeline, rowCount);
  }

  /** Closes {@code resource} with the query, the last one first. */
  public synchronized <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    try {
      while (!owned.isEmpty()) {
        owned.pop().close();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      memory.close();
      if (!closed) {
        closed = true;
        memory.report(System.nanoTime() - beganNanos);
      }
    }
  }
}
