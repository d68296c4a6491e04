package colonnade.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that this process holds itself: heap and native, without pages of mapped files. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static long peakBytes;

  private ProcessMemory() {}

  /**
   * The most so far, as far as it was asked: resident anonymous memory on Linux, the used heap
   * elsewhere.
   */
  static synchronized long peakBytes() {
    peakBytes = Math.max(peakBytes, bytes());
    return peakBytes;
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
