package colonnade.error;

import org.jspecify.annotations.Nullable;

/** Another writer has the table open. */
public class LockedException extends ColonnadeException {
  private static final long serialVersionUID = 1L;

  /**
   * As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}, without a
   * cause.
   */
  public LockedException(String place, String problem, String remedy) {
    this(place, problem, remedy, null);
  }

  /** As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}. */
  public LockedException(String place, String problem, String remedy, @Nullable Throwable cause) {
    super(place, problem, remedy, cause);
  }
}
