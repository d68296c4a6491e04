package colonnade.parquet;

/**
 * Bytes that do not follow the format, found while decoding; the pass adds file, column and row
 * group and throws it on as {@link colonnade.error.MalformedInputException}.
 */
final class BadPage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadPage(String problem) {
    super(problem);
  }

  BadPage(String problem, Throwable cause) {
    super(problem, cause);
  }
}
