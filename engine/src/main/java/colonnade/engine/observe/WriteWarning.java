package colonnade.engine.observe;

import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Warns once for each table and file when far more was written to it than was meant: more than
 * {@value #FACTOR} times as much, and more than {@value #LEAST_EXCESS_BYTES} bytes above it, below
 * which nobody waits for a device. It goes to the logger {@code colonnade}, level {@code WARNING};
 * who wants none sets that logger's level higher. Safe for all threads.
 *
 * <p>What counts is what was written. Only of a flush of a mapping it may also be what the system
 * charged to the process, because the system itself writes its pages, as often as it likes; of a
 * commit that would be no more than a guess, since all else that the process writes is in it.
 * Queries mean to write nothing, and are never warned about.
 */
final class WriteWarning {
  /** An update of one value in eight is about where a rewritten column is a fair price. */
  static final int FACTOR = 8;

  /** What a slow disk writes in half a second. */
  static final long LEAST_EXCESS_BYTES = 64L << 20;

  private static final int MOST_PLACES = 10_000;

  private final Set<String> warned = new HashSet<>();

  void consider(WriteReport report) {
    long meant = report.written().logicalBytes();
    boolean isFlush = report.kind() == WriteReport.Kind.FLUSH;
    long device = isFlush ? report.deviceBytes().orElse(0) : 0;
    long most = Math.max(report.written().writtenBytes(), device);
    boolean isFar = most - meant > LEAST_EXCESS_BYTES && most / FACTOR > meant;
    if (report.kind() == WriteReport.Kind.QUERY || !isFar || !isFirst(report.place())) {
      return;
    }
    String advice =
        isFlush
            ? "Store in the order of the file, many values with one put(indices, values), and flush"
                + " less often."
            : "Collect changes before a commit, append instead of rewriting, and use a keyed table"
                + " for rows that change at random.";
    try {
      System.getLogger("colonnade")
          .log(
              Level.WARNING,
              String.format(
                  Locale.ROOT,
                  "write amplification: %s. %s This is said once for each table and file.",
                  report,
                  advice));
    } catch (RuntimeException e) {
      // What was written is safe, and must not look as if it was not because a logger failed.
    }
  }

  private synchronized boolean isFirst(String place) {
    return warned.size() < MOST_PLACES && warned.add(place);
  }
}
