package colonnade.engine.exec;

import colonnade.engine.observe.ProgressListener;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the rows of one pass and tells the listener, at most five times a second. Safe for all
 * threads.
 */
final class ProgressMeter {
  private static final long INTERVAL_NANOS = 200_000_000L;

  private final ProgressListener listener;
  private final int pass;
  private final int passCount;
  private final long totalRows;
  private final double bytesPerRow;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());

  ProgressMeter(
      ProgressListener listener, int pass, int passCount, Pipeline pipeline, long rowCount) {
    this.listener = listener;
    this.pass = pass;
    this.passCount = passCount;
    this.totalRows = rowCount;
    this.bytesPerRow =
        Arrays.stream(pipeline.columns())
            .distinct()
            .mapToDouble(pipeline.source()::bytesPerRow)
            .sum();
  }

  /** Bytes that this pass will read, -1 if that is not known. */
  long totalBytes() {
    return totalRows < 0 ? -1 : Math.round(totalRows * bytesPerRow);
  }

  void add(long rowCount) {
    long now = rows.addAndGet(rowCount);
    if (listener == ProgressListener.NONE) {
      return;
    }
    long last = lastNanos.get();
    long time = System.nanoTime();
    if (time - last >= INTERVAL_NANOS && lastNanos.compareAndSet(last, time)) {
      tell(now);
    }
  }

  void end() {
    if (listener != ProgressListener.NONE) {
      tell(rows.get());
    }
  }

  private void tell(long count) {
    listener.onProgress(
        new ProgressListener.Progress(
            pass, passCount, count, totalRows, Math.round(count * bytesPerRow), totalBytes()));
  }
}
