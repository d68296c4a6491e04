package colonnade.error;

import org.jspecify.annotations.Nullable;

/**
 * An expression, a value or a reader asks for a type that the column or function does not have.
 * Thrown before any row is read.
 */
public class TypeMismatchException extends ColonnadeException {
  private static final long serialVersionUID = 1L;

  /**
   * As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}, without a
   * cause.
   */
  public TypeMismatchException(String place, String problem, String remedy) {
    this(place, problem, remedy, null);
  }

  /** As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}. */
  public TypeMismatchException(
      String place, String problem, String remedy, @Nullable Throwable cause) {
    super(place, problem, remedy, cause);
  }
}
