package colonnade.engine.exec;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A wish to stop that one thread states and the workers of a query see. Safe for all threads;
 * cannot be taken back.
 */
public final class Cancellation {
  /** The one that never happens. */
  public static final Cancellation NEVER = new Cancellation();

  private final @Nullable Cancellation outer;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /** A wish of its own. */
  public Cancellation() {
    this.outer = null;
  }

  /** A wish of its own that is also stated when {@code outer} is. */
  public Cancellation(Cancellation outer) {
    this.outer = outer;
  }

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
    return cancelled.get() || (outer != null && outer.isCancelled());
  }
}
