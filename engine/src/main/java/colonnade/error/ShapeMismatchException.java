package colonnade.error;

/**
 * The length of a file is not what the type and shape asked for need. Thrown before the file is
 * mapped; the file is not changed and never grown.
 */
public class ShapeMismatchException extends ColonnadeException {
  private static final long serialVersionUID = 1L;

  private final long expectedBytes;
  private final long actualBytes;

  /**
   * As {@link ColonnadeException#ColonnadeException(String, String, String, Throwable)}, with both
   * lengths.
   */
  public ShapeMismatchException(
      String place, String problem, String remedy, long expectedBytes, long actualBytes) {
    super(place, problem, remedy, null);
    this.expectedBytes = expectedBytes;
    this.actualBytes = actualBytes;
  }

  /** The length that type, shape and byte offset need. */
  public long expectedBytes() {
    return expectedBytes;
  }

  /** The length of the file. */
  public long actualBytes() {
    return actualBytes;
  }
}
