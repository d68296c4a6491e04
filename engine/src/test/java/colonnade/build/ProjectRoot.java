package colonnade.build;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's root folder is, for tests that look at files outside their module. */
public final class ProjectRoot {
  private ProjectRoot() {}

  /** The root as the build states it, else the nearest folder upwards that holds {@code .mvn}. */
  public static Path path() {
    String stated = System.getProperty("colonnade.root");
    if (stated != null) {
      return Path.of(stated);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException(
          "no folder above " + Path.of("").toAbsolutePath() + " holds .mvn");
    }
    return folder;
  }
}
