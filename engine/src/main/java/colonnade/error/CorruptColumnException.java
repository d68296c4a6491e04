package colonnade.error;

import org.jspecify.annotations.Nullable;

/**
 * A column's file is missing, shorter than the manifest says, or fails its checksum; or values in
 * it break the format.
 */
public class CorruptColumnException extends ColonnadeException {
  private static final long serialVersionUID = 1L;

  /**
   * As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}, without a
   * cause.
   */
  public CorruptColumnException(String place, String problem, String remedy) {
    this(place, problem, remedy, null);
  }

  /** As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}. */
  public CorruptColumnException(
      String place, String problem, String remedy, @Nullable Throwable cause) {
    super(place, problem, remedy, cause);
  }
}
