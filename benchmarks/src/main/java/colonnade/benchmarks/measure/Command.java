package colonnade.benchmarks.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Another program, run to its end. */
final class Command {
  private Command() {}

  /** What it prints to standard output; an exit code other than 0 is an {@link IOException}. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          "exit code " + process.exitValue() + " of " + String.join(" ", command));
    }
    return output;
  }
}
