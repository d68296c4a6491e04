package colonnade.engine.exec;

import colonnade.DataType;
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
  private final long bytesPerRow;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());

  ProgressMeter(
      ProgressListener listener, int pass, int passCount, Pipeline pipeline, long rowCount) {
    this.listener = listener;
    this.pass = pass;
    this.passCount = passCount;
    this.totalRows = rowCount;
    long bytes = 0;
    for (int column : Arrays.stream(pipeline.columns()).distinct().toArray()) {
      DataType type = pipeline.source().schema().type(column);
      bytes += type.widthBytes();
    }
    this.bytesPerRow = bytes;
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
            pass,
            passCount,
            count,
            totalRows,
            count * bytesPerRow,
            totalRows < 0 ? -1 : totalRows * bytesPerRow));
  }
}
