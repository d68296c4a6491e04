package colonnade.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The most memory that this process held itself while it was watched: heap and native, without
 * pages of mapped files. Resident anonymous memory on Linux, the used heap elsewhere; looked at
 * every few milliseconds by a thread of its own, which ends when this is closed.
 */
final class ProcessMemory implements AutoCloseable {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long PERIOD_MILLIS = 10;

  private final Thread watcher;
  private volatile boolean closed;
  private volatile long peakBytes;

  private ProcessMemory() {
    watcher = Thread.ofPlatform().daemon().name("demo-memory").unstarted(this::watch);
  }

  /** Begins to watch. */
  static ProcessMemory watched() {
    ProcessMemory memory = new ProcessMemory();
    memory.look();
    memory.watcher.start();
    return memory;
  }

  /** The most until now. */
  long peakBytes() {
    look();
    return peakBytes;
  }

  @Override
  public void close() {
    closed = true;
    watcher.interrupt();
  }

  private void watch() {
    while (!closed) {
      look();
      try {
        Thread.sleep(PERIOD_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void look() {
    peakBytes = Math.max(peakBytes, bytes());
  }

  private static long bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("RssAnon:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      // Not Linux: what the heap uses is the best there is.
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
