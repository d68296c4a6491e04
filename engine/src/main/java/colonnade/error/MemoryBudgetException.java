package colonnade.error;

import org.jspecify.annotations.Nullable;

/** A query needs more memory than its budget allows. */
public class MemoryBudgetException extends ColonnadeException {
  private static final long serialVersionUID = 1L;

  /**
   * As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}, without a
   * cause.
   */
  public MemoryBudgetException(String place, String problem, String remedy) {
    this(place, problem, remedy, null);
  }

  /** As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}. */
  public MemoryBudgetException(
      String place, String problem, String remedy, @Nullable Throwable cause) {
    super(place, problem, remedy, cause);
  }
}
