package colonnade;

import colonnade.engine.observe.ProgressListener.Progress;
import colonnade.error.CancelledException;
import org.jspecify.annotations.Nullable;

/**
 * Brings what workers found in the chunks of one pass into the order of the file: rows and lines
 * are counted, rejects kept, errors thrown and progress told as if one thread had read it all. A
 * worker that ends early waits for those with earlier chunks, each of which is read or abandoned.
 * Safe for all threads.
 */
final class CsvOrder {
  private static final long PROGRESS_NANOS = 200_000_000;

  private final CsvOptions options;
  private final int passNumber;
  private final long totalRows;
  private final long totalBytes;
  private long nextChunk;
  private long chunkCount = -1;
  private long line;
  private long rows;
  private long records;
  private long bytes;
  private int broken;
  private @Nullable RuntimeException failure;
  private long lastProgress = System.nanoTime();

  /**
   * A pass that begins after {@code head}.
   *
   * @param totalRows rows to come, or -1
   * @param totalBytes the length of the file
   */
  CsvOrder(
      CsvOptions options,
      int passNumber,
      CsvHead head,
      boolean hasHeader,
      long totalRows,
      long totalBytes) {
    this.options = options;
    this.passNumber = passNumber;
    this.totalRows = totalRows;
    this.totalBytes = totalBytes;
    this.line = hasHeader ? head.endLine() : head.startLine();
    this.records = hasHeader ? 1 : 0;
    this.broken = head.problems().report(0, 0);
  }

  /** Where a chunk begins. */
  record Start(long row, long line) {}

  /**
   * Says that chunk {@code chunk} was read.
   *
   * @param bytesRead bytes of the file read so far
   * @param inOrder runs when all earlier chunks are done, and before later ones are
   * @throws colonnade.error.MalformedInputException if one of its rows is an error
   */
  synchronized Start end(
      long chunk,
      long rowCount,
      long lineCount,
      CsvProblems problems,
      long bytesRead,
      Runnable inOrder) {
    while (nextChunk != chunk) {
      await();
    }
    Start start = new Start(rows, line);
    try {
      broken = problems.report(line, broken);
    } catch (RuntimeException e) {
      abandon(e);
      throw e;
    }
    inOrder.run();
    rows += rowCount;
    line += lineCount;
    records += rowCount + problems.count();
    bytes = Math.max(bytes, bytesRead);
    nextChunk++;
    notifyAll();
    report();
    return start;
  }

  /** Says that there are no more than {@code count} chunks. */
  synchronized void endAfter(long count) {
    chunkCount = count;
    report();
  }

  /** Says that a chunk will never be read, and what who waits for it shall throw. */
  synchronized void abandon(RuntimeException cause) {
    failure = failure == null ? cause : failure;
    notifyAll();
  }

  /** As {@link #abandon(RuntimeException)}, for the query was cancelled. */
  void abandon() {
    abandon(
        new CancelledException(
            "query", "the query was cancelled", "Nothing it wrote was published."));
  }

  /** The rows of all chunks so far. */
  synchronized long rows() {
    return rows;
  }

  private void await() {
    if (failure != null) {
      throw failure;
    }
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abandon();
    }
  }

  private void report() {
    boolean last = nextChunk == chunkCount;
    long now = System.nanoTime();
    if (last || now - lastProgress > PROGRESS_NANOS) {
      lastProgress = now;
      options
          .progress()
          .onProgress(
              new Progress(
                  passNumber, 2, records, totalRows, last ? totalBytes : bytes, totalBytes));
    }
  }
}
