package colonnade.cli.doctor;

import java.util.List;

/** How much that was written the system keeps in memory before it writes it to the disk. */
final class DirtyPageCheck {
  /** What a disk of 200 MB/s writes in ten seconds, about. */
  private static final long MOST_BYTES = 2L << 30;

  private static final long LEAST_BYTES = 64L << 20;

  private DirtyPageCheck() {}

  static List<Advice> of(SystemFiles files, long memoryBytes) {
    long limit = bytes(files, "/proc/sys/vm/dirty_bytes", "/proc/sys/vm/dirty_ratio", memoryBytes);
    long start =
        bytes(
            files,
            "/proc/sys/vm/dirty_background_bytes",
            "/proc/sys/vm/dirty_background_ratio",
            memoryBytes);
    if (limit < 0 || start < 0) {
      return List.of();
    }
    String found =
        "written back from " + Bytes.text(start) + " on, writers wait at " + Bytes.text(limit);
    if (limit > MOST_BYTES) {
      return List.of(
          Advice.note(
              "dirty pages",
              found,
              "A commit syncs what it wrote, so a large import may wait long at its end:"
                  + " `sysctl -w vm.dirty_background_bytes=268435456 vm.dirty_bytes=1073741824`"
                  + " spreads that."));
    }
    if (limit < LEAST_BYTES) {
      return List.of(
          Advice.change(
              "dirty pages",
              found,
              "Writers wait for the disk all the time: `sysctl -w vm.dirty_bytes=1073741824`."));
    }
    return List.of(Advice.ok("dirty pages", found));
  }

  private static long bytes(SystemFiles files, String bytes, String ratio, long memoryBytes) {
    long fixed = files.number(bytes);
    if (fixed > 0) {
      return fixed;
    }
    long percent = files.number(ratio);
    return percent < 0 ? -1 : memoryBytes / 100 * percent;
  }
}
