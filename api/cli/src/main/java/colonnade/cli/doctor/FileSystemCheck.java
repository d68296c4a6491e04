package colonnade.cli.doctor;

import colonnade.engine.store.FileSystemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where the table is, or shall be. */
final class FileSystemCheck {
  private static final Set<String> WITHOUT_LINKS = Set.of("vfat", "msdos", "exfat", "fuseblk");
  private static final long LEAST_FREE_BYTES = 1L << 30;
  private static final int LEAST_FREE_PART = 20;

  private FileSystemCheck() {}

  /**
   * Looks at a file system.
   *
   * @param type its type
   * @param options of its mount; empty where the system does not tell
   */
  static List<Advice> of(String type, List<String> options, long freeBytes, long totalBytes) {
    List<Advice> all = new ArrayList<>();
    all.add(type(type));
    if (options.contains("ro")) {
      all.add(
          Advice.change(
              "mount", "read-only", "Tables can be read here and not written; remount it rw."));
    }
    if (options.contains("nobarrier") || options.contains("barrier=0")) {
      all.add(
          Advice.change(
              "mount",
              "without barriers",
              "A power cut may undo acknowledged commits, or half of them; mount with barriers."));
    }
    all.add(space(freeBytes, totalBytes));
    return all;
  }

  private static Advice type(String type) {
    String kind = type.toLowerCase(Locale.ROOT);
    if (FileSystemKind.isServed(kind)) {
      return Advice.change(
          "file system",
          type + ", which another system serves",
          "Columns are copied block by block and checked when they are first read; locks and syncs"
              + " are as good as that system's. Keep tables that are scanned or written often on a"
              + " local disk.");
    }
    return switch (kind) {
      case "tmpfs", "ramfs" ->
          Advice.note(
              "file system",
              type + ", in memory",
              "Tables are gone when the machine stops, and take memory of the queries.");
      case "overlay" ->
          Advice.note(
              "file system",
              "overlay, a container's own",
              "Tables are gone with the container; keep them on a volume.");
      default ->
          WITHOUT_LINKS.contains(kind)
              ? Advice.change(
                  "file system",
                  type + ", without hard links",
                  "Only the lock keeps two writers apart; use a file system such as ext4 or xfs.")
              : Advice.ok("file system", type + ", local");
    };
  }

  private static Advice space(long freeBytes, long totalBytes) {
    String found = Bytes.text(freeBytes) + " free of " + Bytes.text(totalBytes);
    boolean enough = freeBytes >= LEAST_FREE_BYTES && freeBytes >= totalBytes / LEAST_FREE_PART;
    return enough
        ? Advice.ok("space", found)
        : Advice.change(
            "space",
            found,
            "A commit needs room for all it writes beside what is there; a full disk refuses it and"
                + " keeps what was committed. Free some space.");
  }
}
