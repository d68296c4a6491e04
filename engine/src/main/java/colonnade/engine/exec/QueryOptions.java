package colonnade.engine.exec;

import colonnade.engine.observe.ProgressListener;
import colonnade.engine.store.PhysicalMemory;
import java.nio.file.Path;

/**
 * How a query runs. An immutable value; results do not depend on it.
 *
 * @param threads worker threads, at least 1
 * @param batchRows rows per batch: a multiple of 64 up to {@link Sizes#BATCH_ROWS}; smaller ones
 *     are for tests
 * @param memoryLimitBytes limit of the query's memory outside the heap, mappings not counted
 * @param simd whether SIMD kernels may be used where they are available and faster
 * @param progress told of rows and bytes, from any worker
 * @param cancellation looked at once per batch
 * @param spillDirectory where temporary files of queries beyond their memory limit go; made when
 *     needed
 */
public record QueryOptions(
    int threads,
    int batchRows,
    long memoryLimitBytes,
    boolean simd,
    ProgressListener progress,
    Cancellation cancellation,
    Path spillDirectory) {
  /**
   * All cores, full batches, a memory limit of half the machine's memory, SIMD, no listener, the
   * system's directory for temporary files.
   */
  public static QueryOptions defaults() {
    return new QueryOptions(
        Runtime.getRuntime().availableProcessors(),
        Sizes.BATCH_ROWS,
        PhysicalMemory.bytes() / 2,
        true,
        ProgressListener.NONE,
        Cancellation.NEVER,
        defaultSpillDirectory());
  }

  /** The same with another number of threads. */
  public QueryOptions withThreads(int newThreads) {
    return new QueryOptions(
        newThreads, batchRows, memoryLimitBytes, simd, progress, cancellation, spillDirectory);
  }

  /** The same with another batch size. */
  public QueryOptions withBatchRows(int newBatchRows) {
    return new QueryOptions(
        threads, newBatchRows, memoryLimitBytes, simd, progress, cancellation, spillDirectory);
  }

  /** The same with another memory limit. */
  public QueryOptions withMemoryLimitBytes(long newLimit) {
    return new QueryOptions(
        threads, batchRows, newLimit, simd, progress, cancellation, spillDirectory);
  }

  /** The same with SIMD kernels allowed or not. */
  public QueryOptions withSimd(boolean newSimd) {
    return new QueryOptions(
        threads, batchRows, memoryLimitBytes, newSimd, progress, cancellation, spillDirectory);
  }

  /** The same with another listener. */
  public QueryOptions withProgress(ProgressListener newProgress) {
    return new QueryOptions(
        threads, batchRows, memoryLimitBytes, simd, newProgress, cancellation, spillDirectory);
  }

  /** The same with another cancellation. */
  public QueryOptions withCancellation(Cancellation newCancellation) {
    return new QueryOptions(
        threads, batchRows, memoryLimitBytes, simd, progress, newCancellation, spillDirectory);
  }

  /** The same with another directory for temporary files. */
  public QueryOptions withSpillDirectory(Path newDirectory) {
    return new QueryOptions(
        threads, batchRows, memoryLimitBytes, simd, progress, cancellation, newDirectory);
  }

  /** The system's directory for temporary files. */
  static Path defaultSpillDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }
}
