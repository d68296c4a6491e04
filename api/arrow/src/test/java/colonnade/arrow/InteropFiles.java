package colonnade.arrow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The shared data folder beside the project; tests that need it are skipped where it is absent. */
final class InteropFiles {
  private InteropFiles() {}

  static Path shared(String name) {
    String root = System.getProperty("colonnade.root", "../..");
    Path file = Path.of(root, "..", "shared", "data").resolve(name);
    assumeTrue(Files.exists(file), file + " is absent");
    return file;
  }
}
