package colonnade.error;

import org.jspecify.annotations.Nullable;

/** A table has no such generation: it was collected, or was never there. */
public class GenerationGoneException extends ColonnadeException {
  private static final long serialVersionUID = 1L;

  /**
   * As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}, without a
   * cause.
   */
  public GenerationGoneException(String place, String problem, String remedy) {
    this(place, problem, remedy, null);
  }

  /** As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}. */
  public GenerationGoneException(
      String place, String problem, String remedy, @Nullable Throwable cause) {
    super(place, problem, remedy, cause);
  }
}
