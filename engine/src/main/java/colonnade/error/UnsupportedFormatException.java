package colonnade.error;

import org.jspecify.annotations.Nullable;

/** A file or table of a version, type or encoding that this release does not read. */
public class UnsupportedFormatException extends ColonnadeException {
  private static final long serialVersionUID = 1L;

  /**
   * As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}, without a
   * cause.
   */
  public UnsupportedFormatException(String place, String problem, String remedy) {
    this(place, problem, remedy, null);
  }

  /** As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}. */
  public UnsupportedFormatException(
      String place, String problem, String remedy, @Nullable Throwable cause) {
    super(place, problem, remedy, cause);
  }
}
