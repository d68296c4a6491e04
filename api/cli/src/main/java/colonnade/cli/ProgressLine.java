package colonnade.cli;

import colonnade.engine.observe.ProgressListener;

/**
 * Progress as one line on standard error that is written over and over; silent where nobody
 * watches.
 */
final class ProgressLine implements ProgressListener {
  private final String name;
  private final boolean isWatched = System.console() != null && System.console().isTerminal();
  private boolean isShown;

  ProgressLine(String name) {
    this.name = name;
  }

  @Override
  public synchronized void onProgress(Progress progress) {
    if (!isWatched) {
      return;
    }
    isShown = true;
    String share =
        progress.totalRows() > 0
            ? " (%d %%)".formatted(100 * progress.rows() / progress.totalRows())
            : progress.totalBytes() > 0
                ? " (%d %%)".formatted(100 * progress.bytes() / progress.totalBytes())
                : "";
    System.err.printf(
        "\r%s: %,d rows%s, pass %d of %d\u001b[K",
        name, progress.rows(), share, progress.pass(), progress.passCount());
  }

  /** Removes the line. */
  synchronized void end() {
    if (isShown) {
      System.err.print("\r\u001b[K");
      isShown = false;
    }
  }
}
