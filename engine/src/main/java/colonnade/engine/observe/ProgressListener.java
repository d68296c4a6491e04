package colonnade.engine.observe;

/**
 * Told how far a query or import is. Called from any thread, a few times a second at most; must
 * return quickly and not throw.
 */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = progress -> {};

  /** Called with the state so far. */
  void onProgress(Progress progress);

  /**
   * How far a query or import is. An immutable value.
   *
   * @param pass the present pass over the data, from 1
   * @param passCount passes in all
   * @param rows rows read in this pass
   * @param totalRows rows to be read in this pass; -1 if not known
   * @param bytes bytes read in this pass; 0 if not known
   * @param totalBytes bytes to be read in this pass; -1 if not known
   */
  record Progress(
      int pass, int passCount, long rows, long totalRows, long bytes, long totalBytes) {}
}
