package colonnade.benchmarks.measure;

import java.nio.file.Path;

/** What Linux counts of a process; 0 where it does not. */
public record ProcessMeter(long pid) {
  /** Of this process. */
  public static ProcessMeter ofThisProcess() {
    return new ProcessMeter(ProcessHandle.current().pid());
  }

  /** Bytes fetched from disk for it so far, by reading or through a mapping. */
  public long readBytes() {
    return count("io", "read_bytes");
  }

  /** Bytes that it has made dirty in the page cache so far, to be written to disk. */
  public long writtenBytes() {
    return count("io", "write_bytes") - count("io", "cancelled_write_bytes");
  }

  /** Resident memory that is no file's. */
  public long anonymousBytes() {
    return count("status", "RssAnon") * 1024;
  }

  private long count(String file, String field) {
    String text = Machine.field(Path.of("/proc", Long.toString(pid), file).toString(), field, "0");
    String digits = text.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }
}
