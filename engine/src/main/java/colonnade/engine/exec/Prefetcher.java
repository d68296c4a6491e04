package colonnade.engine.exec;

import colonnade.engine.exec.expr.BlockCondition.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Reads blocks into memory ahead of a scan, on threads of its own, so that workers do not wait for
 * page faults one after another. Skips what the scan skips, and what it has passed already. Says
 * nothing of errors: whoever reads the rows finds them. Belongs to one scan, which closes it;
 * closing waits until no thread touches the source any more.
 */
final class Prefetcher implements AutoCloseable {
  /** How far ahead of the scan, all columns together. */
  private static final long AHEAD_BYTES = 64L << 20;

  /** What one request reads of a column: as much as a disk needs to be at its full speed. */
  private static final long REQUEST_BYTES = 4L << 20;

  /** While one waits for its request to end, the other has one under way. */
  private static final int THREADS = 2;

  private final BlockSource source;
  private final int[] columns;
  private final ScanChoice blocks;
  private final long blockCount;
  private final int requestBlocks;
  private final long aheadBlocks;
  private final List<Future<?>> threads = new ArrayList<>();
  private long nextRequest;
  private long reached;
  private boolean closed;

  /** For a scan of {@code columns}; reads nothing before {@link #start}. */
  Prefetcher(BlockSource source, int[] columns, ScanChoice blocks) {
    this.source = source;
    this.columns = columns;
    this.blocks = blocks;
    this.blockCount = source.blockCount();
    double widest = 1;
    double rowBytes = 1;
    for (int column : columns) {
      double width = source.bytesPerRow(column);
      widest = Math.max(widest, width);
      rowBytes += width;
    }
    this.requestBlocks = (int) Math.max(1, REQUEST_BYTES / (widest * Sizes.BLOCK_ROWS));
    this.aheadBlocks =
        Math.max(2L * requestBlocks, (long) (AHEAD_BYTES / (rowBytes * Sizes.BLOCK_ROWS)));
  }

  /**
   * Starts reading ahead where a scan would wait for a disk; where all is in memory already, this
   * costs some system calls and nothing after. For the thread that closes this.
   */
  void start() {
    if (blockCount > 1 && columns.length > 0 && source.isOnDisk(columns)) {
      for (int i = 0; i < THREADS; i++) {
        threads.add(Parallel.start(this::readAhead));
      }
    }
  }

  /** The scan begins with {@code block}. */
  synchronized void reached(long block) {
    if (block > reached) {
      reached = block;
      notifyAll();
    }
  }

  private void readAhead() {
    for (long request = next(); request >= 0; request = next()) {
      long first = request / columns.length * requestBlocks;
      int count = (int) Math.min(requestBlocks, blockCount - first);
      if (isWanted(first, count)) {
        source.load(columns[(int) (request % columns.length)], first, count);
      }
    }
  }

  private boolean isWanted(long first, int count) {
    for (long b = first; b < first + count; b++) {
      if (blocks.of(b) != Verdict.NONE) {
        return true;
      }
    }
    return false;
  }

  /** The next request's number, once the scan is near it; -1 at the end. */
  private synchronized long next() {
    while (!closed) {
      long passed = reached / requestBlocks * columns.length;
      nextRequest = Math.max(nextRequest, passed);
      long first = nextRequest / columns.length * requestBlocks;
      if (first >= blockCount) {
        return -1;
      }
      if (first < reached + aheadBlocks) {
        return nextRequest++;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    threads.forEach(Parallel::await);
  }
}
