package colonnade;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Python with numpy, if this machine has one: tests that need it are skipped, with the reason,
 * where it has not.
 */
final class Numpy {
  private static final @Nullable String PYTHON = find();

  private Numpy() {}

  static void assumeInstalled() {
    assumeTrue(
        PYTHON != null,
        "skipped: no python3 here can import numpy (try: apt-get install python3-numpy)");
  }

  /** Runs a script in a folder, and returns what it printed. */
  static String run(Path folder, String script) throws IOException, InterruptedException {
    if (PYTHON == null) {
      throw new IllegalStateException("call assumeInstalled first");
    }
    Process process =
        new ProcessBuilder(PYTHON, "-c", "import numpy as np\n" + script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("numpy failed: " + output);
    }
    return output.strip();
  }

  private static @Nullable String find() {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      try {
        Process process =
            new ProcessBuilder(python, "-c", "import numpy")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
          return python;
        }
      } catch (IOException e) {
        // Not this one.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return null;
  }
}
