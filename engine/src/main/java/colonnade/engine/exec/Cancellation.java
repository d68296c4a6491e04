package colonnade.engine.exec;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A wish to stop that one thread states and the workers of a query see. Safe for all threads;
 * cannot be taken back.
 */
public final class Cancellation {
  /** The one that never happens. */
  public static final Cancellation NEVER = new Cancellation();

  private final AtomicBoolean cancelled = new AtomicBoolean();

  /** States the wish. */
  public void cancel() {
    if (this == NEVER) {
      throw new IllegalStateException(
          "Cancellation.NEVER is shared and cannot be cancelled; make one with new Cancellation()");
    }
    cancelled.set(true);
  }

  /** Whether the wish was stated. */
  public boolean isCancelled() {
    return cancelled.get();
  }
}
