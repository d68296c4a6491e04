package colonnade.engine.exec.op;

import colonnade.engine.exec.QueryContext;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the chunks of a sink act one after the other, in their order. It cannot deadlock: chunks
 * start in increasing order, and the earliest unfinished one never waits. After an action that
 * failed nobody gets a turn; the others leave when the query is cancelled because of it.
 */
final class Turns {
  private static final long WAIT_NANOS = 50_000_000;

  private final QueryContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turn = lock.newCondition();
  private long next;

  Turns(QueryContext context) {
    this.context = context;
  }

  /**
   * Runs {@code action} when all chunks before {@code chunk} have had their turn.
   *
   * @throws colonnade.error.CancelledException if the query is cancelled or this thread interrupted
   */
  void take(long chunk, Runnable action) {
    lock.lock();
    try {
      while (next != chunk) {
        context.checkCancelled();
        turn.awaitNanos(WAIT_NANOS);
      }
      action.run();
      next++;
      turn.signalAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.checkCancelled();
    } finally {
      lock.unlock();
    }
  }
}
