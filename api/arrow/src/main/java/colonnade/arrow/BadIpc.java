package colonnade.arrow;

/**
 * Bytes that do not follow Arrow's IPC format, found while reading; sources add the file and the
 * column and throw it on as {@link colonnade.error.MalformedInputException}.
 */
final class BadIpc extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadIpc(String problem) {
    super(problem);
  }

  BadIpc(String problem, Throwable cause) {
    super(problem, cause);
  }
}
