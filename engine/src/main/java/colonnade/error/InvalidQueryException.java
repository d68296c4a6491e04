package colonnade.error;

import org.jspecify.annotations.Nullable;

/**
 * A query, a call or an argument that can never work: an aggregate inside a filter, a negative
 * limit, a slice outside the shape.
 */
public class InvalidQueryException extends ColonnadeException {
  private static final long serialVersionUID = 1L;

  /**
   * As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}, without a
   * cause.
   */
  public InvalidQueryException(String place, String problem, String remedy) {
    this(place, problem, remedy, null);
  }

  /** As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}. */
  public InvalidQueryException(
      String place, String problem, String remedy, @Nullable Throwable cause) {
    super(place, problem, remedy, cause);
  }
}
