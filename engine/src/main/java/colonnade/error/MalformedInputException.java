package colonnade.error;

import org.jspecify.annotations.Nullable;

/**
 * A file to import does not follow its format: place is file, line and column where they are known.
 */
public class MalformedInputException extends ColonnadeException {
  private static final long serialVersionUID = 1L;

  /**
   * As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}, without a
   * cause.
   */
  public MalformedInputException(String place, String problem, String remedy) {
    this(place, problem, remedy, null);
  }

  /** As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}. */
  public MalformedInputException(
      String place, String problem, String remedy, @Nullable Throwable cause) {
    super(place, problem, remedy, cause);
  }
}
