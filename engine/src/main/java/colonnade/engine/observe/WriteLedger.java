package colonnade.engine.observe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What flushes, commits and queries wrote, beside what they were meant to write: write
 * amplification is what makes mapped files slow, and nothing else shows it. Every report goes to
 * the ledger of the process, as an event {@code colonnade.Write} to Flight Recorder, and as a
 * warning to the logger {@code colonnade} where far more was written than meant ({@link
 * WriteWarning}). Safe for all threads.
 *
 * <p>A query that writes no temporary file makes no report, nor does a flush without dirty pages or
 * a commit without changes. Writing whole files of other formats is not reported.
 */
public final class WriteLedger {
  /** Reports kept, and places whose last report is kept. */
  public static final int KEPT_REPORTS = 1_024;

  /** A runtime may be without Flight Recorder; the event's class cannot even be loaded then. */
  private static final boolean HAS_RECORDER = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private static final WriteLedger PROCESS = new WriteLedger(new WriteWarning());

  private final WriteWarning warning;
  private final Deque<WriteReport> reports = new ArrayDeque<>();
  private final Map<String, WriteReport> last = new LinkedHashMap<>();

  WriteLedger(WriteWarning warning) {
    this.warning = warning;
  }

  /** The ledger of this process. */
  public static WriteLedger process() {
    return PROCESS;
  }

  void record(WriteReport report) {
    synchronized (this) {
      reports.add(report);
      if (reports.size() > KEPT_REPORTS) {
        reports.remove();
      }
      last.remove(report.place());
      last.put(report.place(), report);
      if (last.size() > KEPT_REPORTS) {
        last.remove(last.keySet().iterator().next());
      }
    }
    if (HAS_RECORDER) {
      WriteEvent.emit(report);
    }
    warning.consider(report);
  }

  /** The last {@value #KEPT_REPORTS} reports, the oldest first. */
  public synchronized List<WriteReport> reports() {
    return List.copyOf(reports);
  }

  /**
   * The last report of a place, of the {@value #KEPT_REPORTS} places that were written last; see
   * {@link WriteReport#place}.
   */
  public synchronized Optional<WriteReport> last(String place) {
    return Optional.ofNullable(last.get(place));
  }
}
