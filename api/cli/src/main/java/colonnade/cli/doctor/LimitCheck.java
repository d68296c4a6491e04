package colonnade.cli.doctor;

import colonnade.engine.store.MappingBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The limits that a process meets when it opens many tables. */
final class LimitCheck {
  private static final long LEAST_OPEN_FILES = 4096;

  private LimitCheck() {}

  static List<Advice> of(SystemFiles files) {
    List<Advice> all = new ArrayList<>();
    String limits = files.read("/proc/self/limits");
    if (limits != null) {
      all.add(openFiles(limit(limits, "Max open files")));
      unlimited(all, "address space", limit(limits, "Max address space"), "ulimit -v unlimited");
      unlimited(all, "size of a file", limit(limits, "Max file size"), "ulimit -f unlimited");
    }
    long maps = files.number("/proc/sys/vm/max_map_count");
    if (maps >= 0) {
      all.add(mappings(maps, MappingBudget.limit()));
    }
    return all;
  }

  private static Advice openFiles(long limit) {
    String found = text(limit);
    return limit < 0 || limit >= LEAST_OPEN_FILES
        ? Advice.ok("open files", found)
        : Advice.change(
            "open files",
            found,
            "Columns that are copied, and writers, hold their files open: `ulimit -n 65536`.");
  }

  private static void unlimited(List<Advice> all, String subject, long limit, String command) {
    if (limit >= 0) {
      all.add(
          Advice.change(
              subject,
              "limited to " + Bytes.text(limit),
              "Mapped columns take address space, not memory: `" + command + "`."));
    }
  }

  /** A process that has used up its mappings can start no threads: half of them are for columns. */
  private static Advice mappings(long system, int budget) {
    String found =
        String.format(
            Locale.ROOT, "%,d allowed by the system, %,d column files by us", system, budget);
    return system >= 2L * budget - 64
        ? Advice.ok("mappings", found)
        : Advice.change(
            "mappings",
            found,
            "`sysctl -w vm.max_map_count="
                + 2L * budget
                + "`, or -Dcolonnade.maxMappings="
                + system / 2
                + ".");
  }

  /** The soft limit, or -1 if there is none. */
  private static long limit(String limits, String name) {
    for (String line : limits.lines().toList()) {
      if (line.startsWith(name)) {
        String value = line.substring(name.length()).strip().split("\\s+", 2)[0];
        return value.matches("\\d+") ? Long.parseLong(value) : -1;
      }
    }
    return -1;
  }

  private static String text(long limit) {
    return limit < 0 ? "unlimited" : String.format(Locale.ROOT, "%,d", limit);
  }
}
