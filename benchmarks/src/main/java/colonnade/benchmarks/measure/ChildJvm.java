package colonnade.benchmarks.measure;

import colonnade.benchmarks.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A fresh JVM that runs one part of a suite. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * The standard output of {@code java FLAGS Main ARGUMENTS}; fails with what it printed if it
   * fails.
   */
  public static String run(List<String> flags, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException("exit code " + exit + " of " + command + ": " + output);
    }
    return output;
  }
}
