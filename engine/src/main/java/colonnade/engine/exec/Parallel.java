package colonnade.engine.exec;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs independent tasks on the query's threads: the caller's and those of a pool that all queries
 * of the process share. Tasks are handed out in increasing order. The first error stops the handing
 * out and is thrown to the caller once all running tasks have ended, so nothing touches the query's
 * memory after {@link #run} returned.
 */
public final class Parallel {
  /** One task of many. */
  @FunctionalInterface
  public interface Task {
    /** Runs task {@code index}. */
    void run(long index);
  }

  private static final AtomicInteger THREAD_NUMBER = new AtomicInteger();
  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "colonnade-" + THREAD_NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
      });

  private Parallel() {}

  /**
   * Runs tasks {@code 0 .. taskCount - 1} on up to {@code options().threads()} threads; returns
   * when all have ended.
   */
  public static void run(QueryContext context, long taskCount, Task task) {
    AtomicLong next = new AtomicLong();
    int threads = (int) Math.min(context.options().threads(), taskCount);
    runWorkers(
        context,
        threads,
        worker -> {
          for (long index = next.getAndIncrement();
              index < taskCount;
              index = next.getAndIncrement()) {
            try {
              context.checkCancelled();
              task.run(index);
            } catch (Throwable failure) {
              next.set(taskCount);
              throw failure;
            }
          }
        });
  }

  /**
   * Runs {@code body} for workers {@code 0 .. workers - 1}, each on a thread of its own, worker 0
   * on the caller's. A body ends when there is nothing left to begin, so once the caller's has
   * ended, those that no thread has begun are not run any more: where processors are busy, a thread
   * may start after several milliseconds.
   */
  static void runWorkers(QueryContext context, int workers, Task body) {
    runWorkers(context, POOL, workers, body);
  }

  /** As above, on threads of {@code pool}. */
  static void runWorkers(QueryContext context, Executor pool, int workers, Task body) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    OtherWorker[] others = new OtherWorker[Math.max(0, workers - 1)];
    for (int i = 0; i < others.length; i++) {
      int worker = i + 1;
      others[i] = new OtherWorker(() -> guarded(context, body, worker, failure));
      pool.execute(others[i]);
    }
    if (workers > 0) {
      guarded(context, body, 0, failure);
    }
    boolean interrupted = false;
    for (OtherWorker other : others) {
      while (true) {
        try {
          other.end();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
          context.cancel();
          failure.compareAndSet(
              null,
              new colonnade.error.CancelledException(
                  "query",
                  "the query's thread was interrupted",
                  "Nothing it wrote was published."));
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable first = failure.get();
    if (first instanceof RuntimeException e) {
      throw e;
    }
    if (first instanceof Error e) {
      throw e;
    }
  }

  /** Runs {@code work} on a thread of the pool; for what goes beside a query's own tasks. */
  static Future<?> start(Runnable work) {
    return POOL.submit(work);
  }

  /** Waits until what {@link #start} started has ended, whether well or not. */
  static void await(Future<?> work) {
    boolean interrupted = false;
    while (true) {
      try {
        work.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (java.util.concurrent.ExecutionException e) {
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void guarded(
      QueryContext context, Task body, int worker, AtomicReference<Throwable> failure) {
    try {
      body.run(worker);
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      context.cancel();
    }
  }

  /** A worker that a thread of the pool runs, unless it is too late. */
  private static final class OtherWorker implements Runnable {
    private final Runnable work;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    OtherWorker(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (begun.compareAndSet(false, true)) {
        try {
          work.run();
        } finally {
          ended.countDown();
        }
      }
    }

    /** Returns once the work has ended, or sees to it that it never begins. */
    void end() throws InterruptedException {
      if (!begun.compareAndSet(false, true)) {
        ended.await();
      }
    }
  }
}
