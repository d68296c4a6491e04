package colonnade.engine.observe;

import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what one writer, file or query writes until it is reported, and then from zero again. Safe
 * for all threads; what is counted while it is reported belongs to this report or to the next.
 */
public final class WriteCount {
  private final LongAdder logicalBytes = new LongAdder();
  private final LongAdder writtenBytes = new LongAdder();
  private final LongAdder pages = new LongAdder();
  private OptionalLong deviceBefore = DeviceBytes.now();

  /** Counts values that are to be written. */
  public void meant(long bytes) {
    logicalBytes.add(bytes);
  }

  /** Counts bytes that were written. */
  public void wrote(long bytes, long pageCount) {
    writtenBytes.add(bytes);
    pages.add(pageCount);
  }

  /** Counts what is written to one file. */
  public FileCount file() {
    return new FileCount(this);
  }

  /** What was counted since the last report. */
  public Written soFar() {
    return new Written(logicalBytes.sum(), writtenBytes.sum(), pages.sum());
  }

  /** Hands what was counted to the process's ledger, and begins anew. */
  public synchronized WriteReport report(
      WriteReport.Kind kind, String place, String operation, long generation, long elapsedNanos) {
    OptionalLong now = DeviceBytes.now();
    OptionalLong device =
        now.isPresent() && deviceBefore.isPresent()
            ? OptionalLong.of(now.getAsLong() - deviceBefore.getAsLong())
            : OptionalLong.empty();
    deviceBefore = now;
    Written written =
        new Written(logicalBytes.sumThenReset(), writtenBytes.sumThenReset(), pages.sumThenReset());
    WriteReport report =
        new WriteReport(kind, place, operation, generation, written, device, elapsedNanos);
    WriteLedger.process().record(report);
    return report;
  }

  /** Counts one file's bytes and pages; a page in which one write ends and the next begins once. */
  public static final class FileCount {
    private final WriteCount all;
    private long lastPage = -1;

    private FileCount(WriteCount all) {
      this.all = all;
    }

    /** Says that bytes were written from {@code offset} on. */
    public synchronized void wrote(long offset, long lengthBytes) {
      if (lengthBytes > 0) {
        long again = offset / Written.PAGE_BYTES == lastPage ? 1 : 0;
        lastPage = (offset + lengthBytes - 1) / Written.PAGE_BYTES;
        all.wrote(lengthBytes, Written.pagesOf(offset, lengthBytes) - again);
      }
    }

    /** Says that the pages were synced: who writes to the last one makes it dirty again. */
    public synchronized void synced() {
      lastPage = -1;
    }
  }
}
