package colonnade.cli;

import colonnade.error.TableExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;

/** Files and directories named on the command line. */
final class Targets {
  private Targets() {}

  /** What the file's name ends in after the last dot, in lower case; empty without a dot. */
  static String extension(Path path) {
    Path last = path.getFileName();
    String name = last == null ? "" : last.toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Refuses a target that exists. */
  static void requireAbsent(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new TableExistsException(
          target.toString(),
          target + " is there already",
          "Name another place, or say --replace or --append.");
    }
  }
}
