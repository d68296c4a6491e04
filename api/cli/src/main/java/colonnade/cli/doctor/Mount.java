package colonnade.cli.doctor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mounted file system, as {@code /proc/self/mountinfo} tells of it.
 *
 * @param point where it is mounted
 * @param type its type
 * @param options those of the mount and of the file system
 */
record Mount(String point, String type, List<String> options) {
  /** The mount that holds {@code path}, which is absolute and real; null if none is told of. */
  static @Nullable Mount of(String path, SystemFiles files) {
    String mounts = files.read("/proc/self/mountinfo");
    Mount best = null;
    for (String line : mounts == null ? List.<String>of() : mounts.lines().toList()) {
      Mount mount = parse(line);
      // Of two at one place, the later hides the former.
      if (mount != null
          && mount.holds(path)
          && (best == null || mount.point.length() >= best.point.length())) {
        best = mount;
      }
    }
    return best;
  }

  private static @Nullable Mount parse(String line) {
    String[] halves = line.split(" - ", 2);
    if (halves.length < 2) {
      return null;
    }
    String[] before = halves[0].split(" ");
    String[] after = halves[1].split(" ");
    if (before.length < 6 || after.length < 3) {
      return null;
    }
    return new Mount(
        before[4].replace("\\040", " "),
        after[0],
        Arrays.asList((before[5] + "," + after[2]).split(",")));
  }

  private boolean holds(String path) {
    return path.equals(point) || path.startsWith(point.endsWith("/") ? point : point + "/");
  }
}
